import type { User } from '@cnop/entities-user';
import { expectTypeOf } from 'expect-type';
import type { BalanceDao, BalanceMove, TransactionList, UserDao } from '../../src/index.ts';

describe('the types of the DAOs', () => {
  it('let a registration leave out what has a default', () => {
    expectTypeOf<Parameters<UserDao['createUser']>[0]>().toExtend<{ username: string; password: string }>();
    expectTypeOf<{
      username: string;
      email: string;
      password: string;
      firstName: string;
      lastName: string;
    }>().toExtend<Parameters<UserDao['createUser']>[0]>();
  });

  it('never give a password or its hash', () => {
    expectTypeOf<Awaited<ReturnType<UserDao['createUser']>>['user']>().toEqualTypeOf<User>();
    expectTypeOf<User>().not.toHaveProperty('password');
    expectTypeOf<User>().not.toHaveProperty('passwordHash');
  });

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
