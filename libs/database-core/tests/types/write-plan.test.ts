import type { MeteredRequest, RawItem, WriteAction, WriteGuard, WritePlan } from '@cnop/database-core';
import type { ItemChange } from '@cnop/database-core/infrastructure';
import type { DomainError } from '@cnop/exceptions';
import { expectTypeOf } from 'expect-type';

describe('the types of a write', () => {
  it('ask for a guard and for no further action', () => {
    expectTypeOf<{ operation: string; guard: WriteGuard }>().toExtend<WritePlan>();
    expectTypeOf<{ operation: string; actions: WriteAction[] }>().not.toExtend<WritePlan>();
  });

  it('let a guard replay and an action only refuse', () => {
    expectTypeOf<ReturnType<WriteGuard['onConditionFailed']>>().toEqualTypeOf<DomainError | undefined>();
    expectTypeOf<ReturnType<WriteAction['onConditionFailed']>>().toEqualTypeOf<DomainError>();
    expectTypeOf<Parameters<WriteAction['onConditionFailed']>>().toEqualTypeOf<[oldItem: RawItem | undefined]>();
  });

  it('take a metered put where capacity is computed', () => {
    expectTypeOf<MeteredRequest['writes'][number]['item']>().toExtend<ItemChange['after']>();
  });
});
