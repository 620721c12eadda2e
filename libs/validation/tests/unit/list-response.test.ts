import { listResponseSchema } from '@cnop/validation';
import * as z from 'zod';

import { accepted } from '../support/accepted.ts';

const numbers = listResponseSchema(z.int());

describe(listResponseSchema, () => {
  it.each([{ items: [] }, { items: [1, 2] }, { items: [1], nextCursor: 'abc' }])('accepts %j', (page) => {
    expect(accepted(numbers, page)).toEqual(page);
  });

  it.each([
    {},
    { items: ['1'] },
    { items: [], nextCursor: '' },
    { items: [], nextCursor: null },
    { items: [], total: 0 },
  ])('refuses %j', (page) => {
    expect(accepted(numbers, page)).toBeUndefined();
  });

  it('says in JSON Schema what it is', () => {
    expect(z.toJSONSchema(numbers)).toMatchObject({
      type: 'object',
      description: 'One page of a list.',
      properties: { items: { type: 'array' }, nextCursor: { type: 'string' } },
      required: ['items'],
      additionalProperties: false,
    });
  });
});
