import { orderUpdateSchema } from '@cnop/entities-order';

describe('orderUpdateSchema', () => {
  it.each([
    { note: 'x'.repeat(500) },
    { note: null },
    { metadata: { strategy: 'momentum' } },
    { note: 'why', metadata: null },
  ])('accepts %p', (update) => {
    expect(orderUpdateSchema.parse(update)).toStrictEqual(update);
  });

  it.each([
    {},
    { note: undefined },
    { note: '' },
    { note: 'x'.repeat(501) },
    { note: 'half a \ud83d' },
    { note: 'why', status: 'COMPLETED' },
    { quantityMinor: 1n },
    { metadata: { strategy: 1 } },
    { metadata: { strategy: '\udc00' } },
  ])('refuses %p', (update) => {
    expect(orderUpdateSchema.safeParse(update).success).toBe(false);
  });
});

it('an update of nothing is told what it lacks', () => {
  expect(orderUpdateSchema.safeParse({}).error?.issues).toMatchObject([
    { message: 'Name at least one field to change.' },
  ]);
});
