import { adjustmentRequestSchema, cashRequestSchema, requestedMinor } from '@cnop/entities-ledger';

describe('cashRequestSchema', () => {
  it.each([
    { code: 'USD', amount: '12.50' },
    { code: 'JPY', amount: '1', description: 'Pocket money' },
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

describe(requestedMinor, () => {
  it('reads the amount in the scale of its code', () => {
    expect(requestedMinor({ amount: '12.5' }, 2)).toBe(1_250n);
    expect(requestedMinor({ amount: '-0.00000001' }, 8)).toBe(-1n);
  });

  it('refuses decimals that the scale does not have, naming the field', () => {
    expect(() => requestedMinor({ amount: '1.5' }, 0)).toThrow(
      expect.objectContaining({
        code: 'AMOUNT_INVALID',
        details: { rule: 'decimals', scale: 0, field: 'amount' },
      }) as Error,
    );
  });
});
