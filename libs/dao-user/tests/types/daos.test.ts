import type { User } from '@cnop/entities-user';
import { expectTypeOf } from 'expect-type';
import type { UserDao } from '../../src/index.ts';

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
});
