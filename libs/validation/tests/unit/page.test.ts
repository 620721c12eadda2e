import { encodeCursor, MAX_CURSOR_LENGTH } from '@cnop/utils';
import { pageSchema } from '@cnop/validation';

import { accepted } from '../support/accepted.ts';

describe('pageSchema', () => {
  it('has a limit of 50 by default', () => {
    expect(accepted(pageSchema, {})).toEqual({ limit: 50 });
    expect(accepted(pageSchema, { limit: undefined, cursor: undefined })).toEqual({ limit: 50 });
  });

  it.each([
    [1, 1],
    [100, 100],
    ['1', 1],
    ['100', 100],
  ])('takes the limit %j as %i', (limit, number) => {
    expect(accepted(pageSchema, { limit })).toEqual({ limit: number });
  });

  it.each([0, 101, -1, 1.5, NaN, '0', '101', '', ' 5', '1e1', '0x5', '5.0', '9'.repeat(400), null, true, [5]])(
    'refuses the limit %j with one sentence',
    (limit) => {
      expect(pageSchema.safeParse({ limit }).error?.issues).toMatchObject([
        { path: ['limit'], message: 'The limit is a whole number from 1 to 100.' },
      ]);
    },
  );

  it('takes a cursor', () => {
    const cursor = encodeCursor(['TXN#1'], ['ann']);

    expect(accepted(pageSchema, { limit: 10, cursor })).toEqual({ limit: 10, cursor });
  });

  it.each(['', 'A'.repeat(MAX_CURSOR_LENGTH + 1), 'A\ud800', 5, null])('refuses the cursor %j', (cursor) => {
    expect(accepted(pageSchema, { cursor })).toBeUndefined();
  });

  it.each(['offset', 'constructor'])('refuses the unknown field %s', (field) => {
    expect(accepted(pageSchema, { [field]: 1 })).toBeUndefined();
  });
});
