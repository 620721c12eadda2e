import { expectTypeOf } from 'expect-type';

import {
  createManualClock,
  multiplyAmounts,
  requestHash,
  systemClock,
  type Clock,
  type HashableBody,
  type Rounding,
  type TableShape,
} from '@cnop/utils';

describe('types of utils', () => {
  it('accept amounts as bigint only', () => {
    expectTypeOf(multiplyAmounts).parameter(0).toHaveProperty('priceMinor').toEqualTypeOf<bigint>();
    expectTypeOf<'nearest'>().not.toExtend<Rounding>();
  });

  it('take a manual clock wherever a clock is wanted', () => {
    expectTypeOf(createManualClock).returns.toExtend<Clock>();
    expectTypeOf(systemClock).toEqualTypeOf<Clock>();
  });

  it('hash plain data only', () => {
    expectTypeOf(requestHash).parameter(1).toEqualTypeOf<HashableBody>();
    expectTypeOf<{ amountMinor: bigint; note?: string; legs: { code: string }[] }>().toExtend<HashableBody>();
    expectTypeOf<{ at: Date }>().not.toExtend<HashableBody>();
    expectTypeOf<{ run: () => void }>().not.toExtend<HashableBody>();
  });

  it('take a table without sort key and indexes, and none without partition key', () => {
    const users = { name: 'users', partitionKey: { name: 'pk', type: 'S' }, indexes: [] } as const;

    expectTypeOf(users).toExtend<TableShape>();
    expectTypeOf<Omit<typeof users, 'partitionKey'>>().not.toExtend<TableShape>();
    expectTypeOf<'B'>().not.toExtend<TableShape['partitionKey']['type']>();
  });
});
