import { MAX_DECIMAL_LENGTH, MAX_SCALE, parseDecimal } from '@cnop/utils';
import { decimalTextSchema, positiveDecimalTextSchema, signedDecimalTextSchema } from '@cnop/validation';
import fc from 'fast-check';
import type * as z from 'zod';

import { accepted } from '../support/accepted.ts';

const good = ['12.50', '1', '0.000000000000000001', '9'.repeat(MAX_DECIMAL_LENGTH)];
const zeros = ['0', '0.0', '0.000'];
const bad = [
  '',
  '-1',
  '+1',
  '01',
  '1.',
  '.5',
  '1e3',
  '1,5',
  ' 1',
  '1 ',
  '1\n',
  'NaN',
  '٣',
  '9'.repeat(MAX_DECIMAL_LENGTH + 1),
  1,
  12.5,
  null,
  {},
];

const tooLong = 'x'.repeat(99);

const messagesOf = (schema: z.ZodType, input: unknown) =>
  schema.safeParse(input).error?.issues.map(({ message }) => message);

const lengthMessage = `A number has at most ${MAX_DECIMAL_LENGTH} characters.`;
const unsignedMessage =
  'Write a number of digits with at most one decimal point, without sign, exponent or leading zeros.';

describe('decimalTextSchema', () => {
  it.each([...good, ...zeros])('takes %s unchanged', (input) => {
    expect(accepted(decimalTextSchema, input)).toBe(input);
  });

  it.each(bad)('refuses %j', (input) => {
    expect(accepted(decimalTextSchema, input)).toBeUndefined();
  });

  it.each([
    [12.5, 'Write the number as a text, such as "12.50".'],
    [tooLong, lengthMessage],
    ['1e3', unsignedMessage],
  ])('says the one rule that %j breaks', (input, message) => {
    expect(messagesOf(decimalTextSchema, input)).toEqual([message]);
  });

  it('describes itself to a reader of the API', () => {
    expect(decimalTextSchema.description).toBe('A number that is not negative, as decimal text: "12.50".');
  });

  it('takes the shapes that parseDecimal reads, and no others', () => {
    const texts = fc.oneof(fc.stringMatching(/^[0-9]{0,3}\.?[0-9]{0,3}[ e+.]?$/), fc.string({ maxLength: 5 }));

    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!text.startsWith('-'));
        const read = () => parseDecimal(text, MAX_SCALE);

        if (accepted(decimalTextSchema, text) === undefined) {
          expect(read).toThrow();
        } else {
          expect(read).not.toThrow();
        }
      }),
    );
  });
});

describe('positiveDecimalTextSchema', () => {
  it.each(good)('takes %s unchanged', (input) => {
    expect(accepted(positiveDecimalTextSchema, input)).toBe(input);
  });

  it.each([...bad, ...zeros])('refuses %j', (input) => {
    expect(accepted(positiveDecimalTextSchema, input)).toBeUndefined();
  });

  it.each([
    ['x', unsignedMessage],
    ['0.0', 'Write a number above zero.'],
  ])('says the one rule that %j breaks', (input, message) => {
    expect(messagesOf(positiveDecimalTextSchema, input)).toEqual([message]);
  });

  it('describes itself to a reader of the API', () => {
    expect(positiveDecimalTextSchema.description).toBe('A number above zero, as decimal text: "12.50".');
  });
});

describe('signedDecimalTextSchema', () => {
  it.each([...good, ...zeros])('accepts %s, and its negative', (text) => {
    expect(accepted(signedDecimalTextSchema, text)).toBe(text);
    expect(accepted(signedDecimalTextSchema, `-${text}`)).toBe(`-${text}`);
  });

  it.each(['', '-', '--1', '+1', '01', '-01', '1.', '.5', '1e3', '1,5', ' 1', '1 ', 5, 5n, null])(
    'refuses %j',
    (value) => {
      expect(accepted(signedDecimalTextSchema, value)).toBeUndefined();
    },
  );

  it.each([
    [-12.5, 'Write the number as a text, such as "-12.50".'],
    [tooLong, lengthMessage],
    ['+1', 'Write a number of digits with at most one decimal point, without exponent or leading zeros.'],
  ])('says the one rule that %j breaks', (input, message) => {
    expect(messagesOf(signedDecimalTextSchema, input)).toEqual([message]);
  });

  it('describes itself to a reader of the API', () => {
    expect(signedDecimalTextSchema.description).toBe(
      'A number, as decimal text, negative where it was taken away: "-12.50".',
    );
  });
});
