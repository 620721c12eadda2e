import { expectTypeOf } from 'expect-type';
import type { User, UserCreate, UserResponse, UserUpdate } from '@cnop/entities-user';
import { type UserItem, fromUserItem } from '@cnop/entities-user/table';

describe('the types of the entities', () => {
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

  it('know the keys of an item', () => {
    expectTypeOf<UserItem>().toExtend<{ pk: string; sk: string; passwordHash: string; createKey?: string }>();
  });
});
