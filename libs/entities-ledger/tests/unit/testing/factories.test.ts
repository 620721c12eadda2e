import { balanceSchema, balanceTransactionSchema, postingSchema } from '@cnop/entities-ledger';
import { makeBalance, makePosting, makeTransaction } from '@cnop/entities-ledger/testing';

describe('factories', () => {
  it('make valid entities', () => {
    expect(balanceSchema.parse(makeBalance())).toEqual(makeBalance());
    expect(postingSchema.parse(makePosting())).toEqual(makePosting());
    expect(balanceTransactionSchema.parse(makeTransaction())).toEqual(makeTransaction());
  });

  it('take overrides', () => {
    expect(makeBalance({ code: 'EUR' }).code).toBe('EUR');
    expect(makePosting({ code: 'EUR' }).code).toBe('EUR');
    expect(makeTransaction({ status: 'PENDING' }).status).toBe('PENDING');
  });
});
