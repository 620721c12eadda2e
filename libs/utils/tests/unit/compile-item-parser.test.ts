import { compileItemParser, type StorageSchema } from '@cnop/utils';

const text: StorageSchema = { type: 'string', props: {} };
const optional = (schema: StorageSchema): StorageSchema => ({
  ...schema,
  props: { ...schema.props, required: 'never' },
});
const schema: StorageSchema = {
  type: 'item',
  props: {},
  attributes: {
    pk: { type: 'string', props: { key: true, required: 'always' } },
    count: { type: 'number', props: {} },
    amountMinor: { type: 'number', props: { big: true } },
    active: { type: 'boolean', props: {} },
    side: { type: 'string', props: { enum: ['BUY', 'SELL'] } },
    note: optional(text),
    fills: optional({
      type: 'list',
      props: {},
      elements: { type: 'map', props: {}, attributes: { code: text, note: optional(text) } },
    }),
    labels: optional({ type: 'record', props: {}, keys: text, elements: text }),
  },
};
const item = { pk: 'A#1', count: 1, amountMinor: 5n, active: true, side: 'BUY' };
const parse = compileItemParser(schema);

describe(compileItemParser, () => {
  it('gives the declared attributes in the order of their declaration', () => {
    const fills = [{ code: 'USD' }, { note: 'n', code: 'EUR' }];

    const parsed = parse({ ...item, labels: { a: 'b' }, fills, note: 'text', undeclared: 1 });

    expect(parsed).toStrictEqual({
      ...item,
      note: 'text',
      fills: [{ code: 'USD' }, { code: 'EUR', note: 'n' }],
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

    expect(Object.entries(parse({ ...item, labels })['labels'] as object)).toEqual([[key, 'value']]);
  });

  it('makes copies, so that the item may change afterwards', () => {
    const fills = [{ code: 'USD' }];

    const parsed = parse({ ...item, fills });

    expect(parsed['fills']).not.toBe(fills);
  });

  it.each([
    ['an attribute is missing', { pk: undefined }, "attribute 'pk' is not there"],
    ['a text is a number', { pk: 1 }, "attribute 'pk' is not a string"],
    ['a small number is a bigint', { count: 1n }, "attribute 'count' is not a number"],
    ['a flag is a text', { active: 'true' }, "attribute 'active' is not a boolean"],
    ['a value is not one of the enum', { side: 'BOTH' }, "attribute 'side' is not one of its values"],
    ['a list is a map', { fills: {} }, "attribute 'fills' is not a list"],
    ['an element is null', { fills: [null] }, "attribute 'fills[0]' is not a map"],
    ['an element lacks an attribute', { fills: [{ code: 'USD' }, {}] }, "attribute 'fills[1].code' is not there"],
    ['a record is a list', { labels: [] }, "attribute 'labels' is not a record"],
    ['a value of a record is of another type', { labels: { a: 1 } }, "attribute 'labels.a' is not a string"],
  ])('names the attribute when %s', (_, change, message) => {
    expect(() => parse({ ...item, ...change })).toThrow(new Error(message));
  });

  it('takes a number for a big amount too', () => {
    expect(parse({ ...item, amountMinor: 5 })).toMatchObject({ amountMinor: 5 });
  });

  it.each([
    ['a default', { type: 'string', props: { putDefault: 'x' } }, 'putDefault'],
    ['a validator', { type: 'string', props: { putValidator: () => true } }, 'putValidator'],
    ['another type', { type: 'anyOf', props: {} }, 'anyOf'],
  ])('does not compile %s', (_, attribute, named) => {
    expect(() => compileItemParser({ type: 'item', props: {}, attributes: { attribute } })).toThrow(named);
  });
});
