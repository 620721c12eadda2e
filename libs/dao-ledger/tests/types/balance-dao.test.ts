import { expectTypeOf } from 'expect-type';
import type { BalanceDao, BalanceMove, TransactionList } from '../../src/index.ts';

describe('the types of BalanceDao', () => {
  it('take amounts as bigint only', () => {
    expectTypeOf<BalanceMove['amountMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<Parameters<BalanceDao['createTransaction']>[0]['amountMinor']>().toEqualTypeOf<bigint | undefined>();
  });

  it('take the amount of a movement as text or in minor units, exactly one of them', () => {
    type Movement = Parameters<BalanceDao['createTransaction']>[0];
    interface Deposit {
      owner: string;
      transactionType: 'DEPOSIT';
      code: string;
    }

    expectTypeOf<Deposit & { amount: string }>().toExtend<Movement>();
    expectTypeOf<Deposit & { amountMinor: bigint }>().toExtend<Movement>();
    expectTypeOf<Deposit>().not.toExtend<Movement>();
    expectTypeOf<Deposit & { amount: string; amountMinor: bigint }>().not.toExtend<Movement>();
    expectTypeOf<Deposit & { amount: number }>().not.toExtend<Movement>();
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
