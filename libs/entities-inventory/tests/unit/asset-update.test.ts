import { assetChangesOf, assetUpdateSchema } from '@cnop/entities-inventory';
import { makeAsset } from '@cnop/entities-inventory/testing';

describe('assetUpdateSchema', () => {
  it.each([
    { name: 'Apple' },
    { description: null },
    { category: 'OTHER' },
    { minQuantity: '2', minNotional: '10.00' },
  ])('accepts %p', (update) => {
    expect(assetUpdateSchema.parse(update)).toStrictEqual(update);
  });

  it.each([
    {},
    { name: undefined },
    { name: null },
    { name: 'half a \ud83d' },
    { description: 'half a \ud83d' },
    { minQuantity: '0' },
    { name: 'Apple', currency: 'EUR' },
    { decimals: 2 },
    { priceScale: 4 },
    { price: '1.00' },
    { status: 'INACTIVE' },
  ])('refuses %p', (update) => {
    expect(assetUpdateSchema.safeParse(update).success).toBe(false);
  });
});

describe(assetChangesOf, () => {
  it('reads the minimums in the scales of the asset and its currency', () => {
    const asset = makeAsset({ decimals: 3, currency: 'JPY' });

    expect(assetChangesOf({ minQuantity: '0.25', minNotional: '10' }, asset)).toStrictEqual({
      minQuantityMinor: 250n,
      minNotionalMinor: 10n,
    });
  });

  it('passes texts on, a null to be removed, and leaves out what does not change', () => {
    expect(assetChangesOf({ name: 'Apple', description: null, category: undefined }, makeAsset())).toStrictEqual({
      name: 'Apple',
      description: null,
    });
  });

  it.each([
    ['minQuantity', { minQuantity: '0.5' }],
    ['minNotional', { minNotional: '0.005' }],
  ])('refuses a %s with too many decimals, naming the field', (field, update) => {
    expect(() => assetChangesOf(update, makeAsset())).toThrow(
      expect.objectContaining({
        code: 'AMOUNT_INVALID',
        details: expect.objectContaining({ field }) as object,
      }) as Error,
    );
  });
});
