import {
  balanceSchema,
  balanceTransactionSchema,
  postingSchema,
  userCreateSchema,
  userSchema,
} from '@cnop/entities-user';
import { makeBalance, makePosting, makeTransaction, makeUser, makeUserCreate } from '@cnop/entities-user/testing';

describe('factories', () => {
  it('make valid entities', () => {
    expect(userSchema.parse(makeUser())).toEqual(makeUser());
    expect(userCreateSchema.parse(makeUserCreate())).toEqual(makeUserCreate());
    expect(balanceSchema.parse(makeBalance())).toEqual(makeBalance());
    expect(postingSchema.parse(makePosting())).toEqual(makePosting());
    expect(balanceTransactionSchema.parse(makeTransaction())).toEqual(makeTransaction());
  });

  it('take overrides', () => {
    expect(makeUser({ username: 'bob' }).username).toBe('bob');
    expect(makeUserCreate({ username: 'bob' }).username).toBe('bob');
    expect(makeBalance({ code: 'EUR' }).code).toBe('EUR');
    expect(makePosting({ code: 'EUR' }).code).toBe('EUR');
    expect(makeTransaction({ status: 'PENDING' }).status).toBe('PENDING');
  });
});
