import { userCreateSchema, userSchema } from '@cnop/entities-user';
import { makeUser, makeUserCreate } from '@cnop/entities-user/testing';

describe('factories', () => {
  it('make valid entities', () => {
    expect(userSchema.parse(makeUser())).toEqual(makeUser());
    expect(userCreateSchema.parse(makeUserCreate())).toEqual(makeUserCreate());
  });

  it('take overrides', () => {
    expect(makeUser({ username: 'bob' }).username).toBe('bob');
    expect(makeUserCreate({ username: 'bob' }).username).toBe('bob');
  });
});
