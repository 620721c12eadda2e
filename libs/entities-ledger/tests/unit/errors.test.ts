import { ledgerErrors } from '@cnop/entities-ledger';

const [owner, code, transactionId] = ['ada', 'USD', '01JGT0000000000000000000AA'];

describe('the errors of the ledger', () => {
  it.each([
    [new ledgerErrors.BalanceNotFoundError({ owner, code }), 'there is no balance of USD'],
    [new ledgerErrors.BalanceExistsError({ owner, code }), 'a balance of USD already exists'],
    [new ledgerErrors.BalanceFrozenError({ code }), 'the balance of USD is frozen'],
    [
      new ledgerErrors.InsufficientFundsError({ code, available: '10.00', required: '12.50' }),
      'available 10.00 USD, required 12.50 USD',
    ],
    [
      new ledgerErrors.TooManyOpenOrdersError({ code, maximum: 500 }),
      '500 open orders hold USD already, and no more may',
    ],
    [
      new ledgerErrors.ScaleMismatchError({ code, scale: 3, expectedScale: 2 }),
      'the scale of USD is 2, the amount has 3',
    ],
    [new ledgerErrors.TransactionNotFoundError({ transactionId }), `there is no balance transaction ${transactionId}`],
  ])('say what varies, and never an owner: %#', (error, message) => {
    expect(error.message).toBe(message);
  });
});
