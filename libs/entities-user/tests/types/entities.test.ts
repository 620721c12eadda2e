import { expectTypeOf } from 'expect-type';
import {
  type Balance,
  type BalanceTransaction,
  type BalanceTransactionCreate,
  type Posting,
  type TransactionStatus,
  type User,
  type UserCreate,
  type UserResponse,
  type UserUpdate,
  assertTransactionTransition,
} from '@cnop/entities-user';
import {
  type BalanceItem,
  type TransactionItem,
  type UserItem,
  fromTransactionItem,
  fromUserItem,
} from '@cnop/entities-user/table';

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

  it('keep password and hash out of the user', () => {
    expectTypeOf<User>().not.toHaveProperty('password');
    expectTypeOf<User>().not.toHaveProperty('passwordHash');
    expectTypeOf<UserResponse>().not.toHaveProperty('passwordHash');
    expectTypeOf<UserCreate['password']>().toEqualTypeOf<string>();
    expectTypeOf(fromUserItem).returns.toEqualTypeOf<User>();
  });

  it('let an update remove a phone number, not an email address', () => {
    expectTypeOf<UserUpdate['phone']>().toEqualTypeOf<string | null | undefined>();
    expectTypeOf<UserUpdate['email']>().toEqualTypeOf<string | undefined>();
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
});

describe('the types of the items', () => {
  it('know their keys and amounts', () => {
    expectTypeOf<UserItem>().toExtend<{ pk: string; sk: string; passwordHash: string; createKey?: string }>();
    expectTypeOf<BalanceItem['availableMinor']>().toEqualTypeOf<number | bigint>();
    expectTypeOf<TransactionItem['status']>().toEqualTypeOf<TransactionStatus>();
    expectTypeOf(fromTransactionItem).returns.toEqualTypeOf<BalanceTransaction>();
  });
});
