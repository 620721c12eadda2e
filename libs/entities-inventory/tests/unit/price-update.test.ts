import { priceUpdateSchema } from '@cnop/entities-inventory';

const update = { price: '150.25', asOf: '2026-01-05T09:30:00.000Z', source: 'test-feed' };

describe('priceUpdateSchema', () => {
  it('accepts a price with its time and source', () => {
    expect(priceUpdateSchema.parse(update)).toStrictEqual(update);
  });

  it.each<[string, object]>([
    ['a price of zero', { price: '0.00' }],
    ['a negative price', { price: '-1' }],
    ['a price that is a number', { price: 150.25 }],
    ['no time', { asOf: undefined }],
    ['a time that is none', { asOf: 'yesterday' }],
    ['an empty source', { source: '' }],
    ['a source of 65 characters', { source: 'x'.repeat(65) }],
    ['a source with half a character', { source: '\ud83d' }],
    ['an unknown field', { currency: 'EUR' }],
  ])('refuses %s', (_, change) => {
    expect(priceUpdateSchema.safeParse({ ...update, ...change }).success).toBe(false);
  });
});
