import {
  assetIdSchema,
  balanceCodeSchema,
  currencyCodeSchema,
  emailSchema,
  idempotencyKeySchema,
  orderIdSchema,
  ownerSchema,
  transactionIdSchema,
  usernameSchema,
} from '@cnop/validation';
import fc from 'fast-check';
import type * as z from 'zod';

import { accepted } from '../support/accepted.ts';

/** Everything that becomes part of a key before its last "#", with a pattern of what it lets through. */
const keyParts: [string, z.ZodType<string>, RegExp][] = [
  ['username', usernameSchema, /^[A-Za-z0-9][A-Za-z0-9._-]{2,29}$/],
  ['owner', ownerSchema, /^[A-Za-z0-9][A-Za-z0-9._:|@+-]{0,63}$/],
  ['email', emailSchema, /^[a-z0-9+_]{1,8}@[A-Z]{2,8}\.com$/],
  ['currency code', currencyCodeSchema, /^(USD|EUR|JPY)$/],
  ['asset id', assetIdSchema, /^[A-Z][A-Z0-9.-]{4,19}$/],
  ['balance code', balanceCodeSchema, /^[A-Z][A-Z0-9.-]{4,19}$/],
  [
    'order id',
    orderIdSchema,
    /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$/,
  ],
  ['transaction id', transactionIdSchema, /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/],
];

const unicode = fc.string({ unit: 'binary', maxLength: 40 });

describe.each(keyParts)('the alphabet of a %s', (_name, schema, pattern) => {
  /** Good ones, and good ones with something put in, so that many inputs lie just outside the rules. */
  const inputs = fc.oneof(
    fc.stringMatching(pattern),
    fc
      .tuple(
        fc.stringMatching(pattern),
        fc.nat(),
        fc.oneof(unicode, fc.constantFrom('#', '\n', '\0', ' ', '%23', '＃')),
      )
      .map(([text, at, inserted]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + inserted + text.slice(index);
      }),
    unicode,
  );

  it('lets through what it is made for', () => {
    fc.assert(
      fc.property(fc.stringMatching(pattern), (input) => {
        expect(accepted(schema, input)).toBeDefined();
      }),
    );
  });

  it('is visible ASCII without "#", so that no value can forge a key', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const part = accepted(schema, input) ?? '';

        expect(part).not.toContain('#');
        expect(part).toMatch(/^[\x21-\x7E]*$/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('keys composed of owner, actor and idempotency key', () => {
  const owners = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:|@+-]{0,63}$/);
  const idempotencyKeys = fc.stringMatching(/^[\x21-\x7E]{1,64}$/);
  const claims = fc.record({ actor: owners, key: fc.oneof(idempotencyKeys, fc.constantFrom('#', '##a', 'ann#1')) });
  const keyOf = ({ actor, key }: { actor: string; key: string }) => `KEY#${actor}#${key}`;

  it('are different for different parts, although an idempotency key may hold "#"', () => {
    fc.assert(
      fc.property(claims, claims, (left, right) => {
        expect([left, right].every(({ key }) => accepted(idempotencyKeySchema, key) === key)).toBe(true);

        expect(keyOf(left) === keyOf(right)).toBe(left.actor === right.actor && left.key === right.key);
      }),
    );
  });
});
