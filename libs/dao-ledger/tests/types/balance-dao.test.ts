import { expectTypeOf } from 'expect-type';
import type { BalanceDao, BalanceMove, TransactionList } from '../../src/index.ts';

describe('the types of BalanceDao', () => {
  it('take amounts as bigint only', () => {
    expectTypeOf<BalanceMove['amountMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<Parameters<BalanceDao['createTransaction']>[0]['amountMinor']>().toEqualTypeOf<bigint>();
  });

  it('take the types of a movement that belongs to no order only', () => {
    type Movement = Parameters<BalanceDao['createTransaction']>[0]['transactionType'];

    expectTypeOf<Movement>().toEqualTypeOf<'DEPOSIT' | 'WITHDRAW' | 'SYSTEM_ADJUSTMENT'>();
    expectTypeOf<'PENDING'>().not.toExtend<Parameters<BalanceDao['updateTransactionStatus']>[0]['status']>();
  });

  it('let a list name its owner only', () => {
    expectTypeOf<{ owner: string }>().toExtend<TransactionList>();
  });
});
