import { MAX_DECIMAL_LENGTH, MAX_SCALE, parseDecimal } from '@cnop/utils';
import { decimalTextSchema, positiveDecimalTextSchema, signedDecimalTextSchema } from '@cnop/validation';
import fc from 'fast-check';

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

describe('decimalTextSchema', () => {
  it.each([...good, ...zeros])('takes %s unchanged', (input) => {
    expect(accepted(decimalTextSchema, input)).toBe(input);
  });

  it.each(bad)('refuses %j', (input) => {
    expect(accepted(decimalTextSchema, input)).toBeUndefined();
  });

  it('breaks one rule at a time', () => {
    expect(decimalTextSchema.safeParse('x'.repeat(99)).error?.issues).toHaveLength(1);
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

  it('breaks one rule at a time', () => {
    expect(positiveDecimalTextSchema.safeParse('x').error?.issues).toHaveLength(1);
    expect(positiveDecimalTextSchema.safeParse('0.0').error?.issues).toHaveLength(1);
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
});
