import { toWireMap } from '@cnop/stored-items';
import { compileItemParser } from '@cnop/stored-items/compile';
import {
  anyOf,
  boolean,
  item as itemSchema,
  list,
  map,
  number,
  record,
  string,
  type Schema,
} from 'dynamodb-toolbox/schema';
import { Parser } from 'dynamodb-toolbox/schema/actions/parse';
import fc from 'fast-check';
import { damagedItemArbitrary, itemArbitrary } from '../support/item-arbitrary.ts';

const schema = itemSchema({
  pk: string().key(),
  count: number(),
  amountMinor: number().big(),
  active: boolean(),
  side: string().enum('BUY', 'SELL'),
  note: string().optional(),
  fills: list(map({ code: string(), priceMinor: number().big(), note: string().optional() })).optional(),
  labels: record(string(), string()).optional(),
});
const item = { pk: 'A#1', count: 1, amountMinor: 5n, active: true, side: 'BUY' };
const parse = compileItemParser(schema);

describe(compileItemParser, () => {
  it('gives the declared attributes in the order of their declaration', () => {
    const fills = [
      { code: 'USD', priceMinor: 1n },
      { note: 'n', priceMinor: 2n, code: 'EUR' },
    ];

    const parsed = parse({ ...item, labels: { a: 'b' }, fills, note: 'text', undeclared: 1 });

    expect(parsed).toStrictEqual({
      ...item,
      note: 'text',
      fills: [
        { code: 'USD', priceMinor: 1n },
        { code: 'EUR', priceMinor: 2n, note: 'n' },
      ],
      labels: { a: 'b' },
    });
    expect(Object.keys(parsed)).toEqual([...Object.keys(item), 'note', 'fills', 'labels']);
  });

  it('leaves out what is undefined', () => {
    expect(parse({ ...item, note: undefined, labels: { a: undefined, b: 'c' } })).toStrictEqual({
      ...item,
      labels: { b: 'c' },
    });
  });

  it.each(['__proto__', 'constructor', ''])('keeps the key %p of a record', (key) => {
    const labels = Object.fromEntries([[key, 'value']]);

    expect(Object.entries(parse({ ...item, labels }).labels as object)).toEqual([[key, 'value']]);
  });

  it('makes copies, so that the item may change afterwards', () => {
    const fills = [{ code: 'USD', priceMinor: 1n }];

    const parsed = parse({ ...item, fills });

    expect(parsed.fills).not.toBe(fills);
  });

  it.each([
    [5, 5n],
    [10n ** 24n, 10n ** 24n],
    [-(2 ** 53 - 1), -9_007_199_254_740_991n],
    [-0, 0n],
  ])('makes a bigint of the big number %p, at every level', (stored, minor) => {
    const fills = [{ code: 'USD', priceMinor: stored }];

    const parsed = parse({ ...item, amountMinor: stored, fills });

    expect(parsed.amountMinor).toBe(minor);
    expect(parsed.fills).toEqual([{ code: 'USD', priceMinor: minor }]);
  });

  it.each([
    ['an attribute is missing', { pk: undefined }, "attribute 'pk' is missing"],
    ['a text is a number', { pk: 1 }, "attribute 'pk' is not a string"],
    ['a small number is a bigint', { count: 1n }, "attribute 'count' is not an integer"],
    ['a number is a fraction', { count: 1.5 }, "attribute 'count' is not an integer"],
    ['a number has lost digits', { count: 2 ** 53 }, "attribute 'count' is not an integer"],
    ['an amount is a fraction', { amountMinor: 0.5 }, "attribute 'amountMinor' is not an integer"],
    ['an amount has lost digits', { amountMinor: 2 ** 60 }, "attribute 'amountMinor' is not an integer"],
    ['an amount is no number', { amountMinor: Number.NaN }, "attribute 'amountMinor' is not an integer"],
    ['an amount is a text', { amountMinor: '5' }, "attribute 'amountMinor' is not an integer"],
    ['a flag is a text', { active: 'true' }, "attribute 'active' is not a boolean"],
    ['a value is not one of the enum', { side: 'BOTH' }, "attribute 'side' is not one of its values"],
    ['a list is a map', { fills: {} }, "attribute 'fills' is not a list"],
    ['an element is null', { fills: [null] }, "attribute 'fills[0]' is not a map"],
    ['an element lacks an attribute', { fills: [{ priceMinor: 1n }] }, "attribute 'fills[0].code' is missing"],
    ['a record is a list', { labels: [] }, "attribute 'labels' is not a record"],
    ['a value of a record is of another type', { labels: { a: 1 } }, "attribute 'labels.a' is not a string"],
  ])('names the attribute, and not its value, when %s', (_, change, message) => {
    expect(() => parse({ ...item, ...change })).toThrow(new Error(message));
  });

  it.each<[string, Schema, string]>([
    ['a default', string().default('x'), 'putDefault'],
    ['a validator', string().validate(() => true), 'putValidator'],
    ['another type', anyOf(string(), number()), 'anyOf'],
  ])('does not compile %s', (_, attribute, named) => {
    expect(() => compileItemParser(itemSchema({ attribute }))).toThrow(named);
  });
});

describe('a compiled parser beside the parser of the toolbox', () => {
  const parser = schema.build(Parser);
  const byToolbox = (value: object) => toWireMap(parser.parse(value));
  const compiled = (value: object) => toWireMap(parse(value));

  /** What is put in the end, or that nothing is. */
  const outcomeOf = (put: (value: object) => unknown, value: object) => {
    try {
      return put(value);
    } catch {
      return 'refused';
    }
  };

  it('puts the same', () => {
    fc.assert(
      fc.property(itemArbitrary(schema), (value) => {
        expect(compiled(value)).toStrictEqual(byToolbox(value));
      }),
    );
  });

  it('refuses the same', () => {
    fc.assert(
      fc.property(damagedItemArbitrary(schema), (value) => {
        expect(outcomeOf(compiled, value)).toStrictEqual(outcomeOf(byToolbox, value));
      }),
      { numRuns: 1_000 },
    );
  });
});
