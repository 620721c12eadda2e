import { adjustmentRequestSchema, cashRequestSchema } from '@cnop/entities-ledger';

describe('cashRequestSchema', () => {
  it.each([
    { code: 'USD', amount: '12.50' },
    { code: 'JPY', amount: '1', description: 'Pocket money', note: 'For the summer', metadata: { batch: '7' } },
  ])('accepts %j', (request) => {
    expect(cashRequestSchema.parse(request)).toEqual(request);
  });

  it.each([
    { code: 'AAPL', amount: '1' },
    { code: 'USD', amount: '0.00' },
    { code: 'USD', amount: '-1' },
    { code: 'USD', amount: 1 },
    { code: 'USD', amount: '1', owner: 'bob' },
    { code: 'USD', amount: '1', status: 'COMPLETED' },
    { code: 'USD', amount: '1', note: '' },
    { code: 'USD', amount: '1', metadata: { batch: 7 } },
    { code: 'USD' },
  ])('refuses %j', (request) => {
    expect(cashRequestSchema.safeParse(request).success).toBe(false);
  });
});

describe('adjustmentRequestSchema', () => {
  it.each([
    { code: 'AAPL', amount: '-0.5' },
    { code: 'USD', amount: '12.50' },
  ])('accepts %j', (request) => {
    expect(adjustmentRequestSchema.parse(request)).toEqual(request);
  });

  it.each([
    { code: 'USD', amount: '-0.00' },
    { code: 'usd', amount: '1' },
    { code: 'USD', amount: '1', actor: 'root' },
  ])('refuses %j', (request) => {
    expect(adjustmentRequestSchema.safeParse(request).success).toBe(false);
  });
});
