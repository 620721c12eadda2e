import { expectTypeOf } from 'expect-type';
import {
  type Balance,
  type BalanceTransaction,
  type BalanceTransactionCreate,
  type Posting,
  type TransactionStatus,
  assertTransactionTransition,
} from '@cnop/entities-ledger';
import { type BalanceItem, type TransactionItem, fromTransactionItem } from '@cnop/entities-ledger/table';

describe('the types of the entities', () => {
  it('hold amounts as bigint, in minor units', () => {
    expectTypeOf<Posting>().toEqualTypeOf<{
      code: string;
      bucket: 'available' | 'held';
      amountMinor: bigint;
      scale: number;
    }>();
    expectTypeOf<Balance['availableMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<Balance['status']>().toEqualTypeOf<'ACTIVE' | 'FROZEN'>();
  });

  it('make no entry of an order by itself', () => {
    expectTypeOf<BalanceTransactionCreate['transactionType']>().toEqualTypeOf<
      'DEPOSIT' | 'WITHDRAW' | 'SYSTEM_ADJUSTMENT'
    >();
  });

  it('never move an entry to PENDING', () => {
    expectTypeOf(assertTransactionTransition).parameter(0).toEqualTypeOf<TransactionStatus>();
    expectTypeOf(assertTransactionTransition).parameter(1).toEqualTypeOf<'COMPLETED' | 'FAILED' | 'CANCELLED'>();
  });

  it('know the amounts of an item', () => {
    expectTypeOf<BalanceItem['availableMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<TransactionItem['status']>().toEqualTypeOf<TransactionStatus>();
    expectTypeOf(fromTransactionItem).returns.toEqualTypeOf<BalanceTransaction>();
  });
});
