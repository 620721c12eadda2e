import { sharedErrors } from '@cnop/exceptions';
import {
  assetIdSchema,
  decimalTextSchema,
  metadataSchema,
  pageSchema,
  parseInput,
  passwordSchema,
  usernameSchema,
} from '@cnop/validation';
import fc from 'fast-check';
import * as z from 'zod';

import { thrownBy } from '../support/thrown-by.ts';

const registration = z.strictObject({ username: usernameSchema, password: passwordSchema });

function issuesOf(
  schema: z.ZodType,
  input: unknown,
): InstanceType<typeof sharedErrors.ValidationError>['details']['issues'] {
  const error = thrownBy(() => parseInput(schema, input));
  expect(error).toBeInstanceOf(sharedErrors.ValidationError);
  return (error as InstanceType<typeof sharedErrors.ValidationError>).details.issues;
}

/** Reads a value by an RFC 6901 pointer. */
function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value, key) => (value as Record<string, unknown>)[key], document);
}

describe(parseInput, () => {
  it('names the key of the prototype, however deep it lies in a record', () => {
    const schema = z.strictObject({ orders: z.array(z.strictObject({ metadata: metadataSchema })) });
    const metadata: unknown = JSON.parse('{"a":"b","__proto__":"x"}');

    expect(issuesOf(schema, { orders: [{ metadata: {} }, { metadata }] })).toEqual([
      { pointer: '/orders/1/metadata/__proto__', rule: 'unrecognized_keys', message: 'This field is not known.' },
    ]);
  });

  it('looks no deeper into what a schema takes as it is than into inputs of ours', () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;

    expect(parseInput(z.unknown(), loop)).toBe(loop);
  });

  it('gives what the schema makes of the input', () => {
    expect(parseInput(pageSchema, { limit: '7' })).toEqual({ limit: 7 });
    expect(parseInput(usernameSchema, 'Ann')).toBe('ann');
  });

  it('names every broken rule by pointer, rule and sentence', () => {
    expect(issuesOf(registration, { username: 'a b', password: 'short' })).toEqual([
      {
        pointer: '/username',
        rule: 'invalid_format',
        message: 'Use 3 to 30 letters, digits, dots, hyphens and underscores; begin with a letter or a digit.',
      },
      { pointer: '/password', rule: 'too_small', message: 'A password has at least 12 characters.' },
    ]);
  });

  it('names a missing field', () => {
    expect(issuesOf(registration, { username: 'ann' })).toMatchObject([{ pointer: '/password', rule: 'invalid_type' }]);
  });

  it.each([
    ['a text', z.string()],
    ['a number as text', decimalTextSchema],
    ['one of several', z.enum(['a', 'b'])],
    ['a number or a text', z.union([z.string(), z.number()])],
    ['what decides between shapes', z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('a') })])],
  ])('says of a missing field that is %s that it is required', (_title, field) => {
    const isShape = field instanceof z.ZodDiscriminatedUnion;
    const schema = z.strictObject({ list: z.array(isShape ? field : z.strictObject({ kind: field })) });

    expect(issuesOf(schema, { list: [{}] })).toEqual([
      expect.objectContaining({ pointer: '/list/0/kind', message: 'This field is required.' }),
    ]);
  });

  it('says of a wrong value how to write it', () => {
    expect(issuesOf(z.strictObject({ price: decimalTextSchema }), { price: null })).toMatchObject([
      { pointer: '/price', message: 'Write the number as a text, such as "12.50".' },
    ]);
  });

  it('points at the whole input when that is wrong', () => {
    expect(issuesOf(registration, 'ann')).toMatchObject([{ pointer: '', rule: 'invalid_type' }]);
  });

  it('names each unknown field at its own pointer, at any depth', () => {
    const schema = z.strictObject({ orders: z.array(z.strictObject({ assetId: assetIdSchema })) });

    expect(
      issuesOf(schema, {
        orders: [{ assetId: 'AAPL' }, { assetId: 'MSFT', price: '1', status: 'COMPLETED' }],
        user: 1,
      }),
    ).toEqual([
      { pointer: '/orders/1/price', rule: 'unrecognized_keys', message: 'This field is not known.' },
      { pointer: '/orders/1/status', rule: 'unrecognized_keys', message: 'This field is not known.' },
      { pointer: '/user', rule: 'unrecognized_keys', message: 'This field is not known.' },
    ]);
  });

  it('says what is wrong with a key of a record', () => {
    expect(issuesOf(metadataSchema, { 'a b': 'x' })).toEqual([
      {
        pointer: '/a b',
        rule: 'invalid_key',
        message: 'Use 1 to 40 letters, digits, dots, hyphens and underscores; begin with a letter.',
      },
    ]);
  });

  it('points at the field that decides between shapes', () => {
    const schema = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('a') }),
      z.strictObject({ kind: z.literal('b') }),
    ]);

    expect(issuesOf(schema, { kind: 'c' })).toMatchObject([{ pointer: '/kind', rule: 'invalid_union' }]);
  });

  it('refuses an asset id that is a currency as any other wrong field', () => {
    expect(issuesOf(z.strictObject({ assetId: assetIdSchema }), { assetId: 'USD' })).toEqual([
      { pointer: '/assetId', rule: 'custom', message: 'An asset id is not an ISO 4217 code.' },
    ]);
  });

  it('gives pointers that lead to the wrong value, whatever the keys', () => {
    const keys = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('a/b', 'm~n', '~1', '~0', '/', ''));

    fc.assert(
      fc.property(fc.uniqueArray(keys, { minLength: 1, maxLength: 5 }), (names) => {
        fc.pre(!names.includes('__proto__'));
        const input = Object.fromEntries(names.map((name, index) => [name, `wrong ${index}`]));
        const schema = z.strictObject(Object.fromEntries(names.map((name) => [name, z.number()])));

        const values = issuesOf(schema, input).map(({ pointer }) => valueAt(input, pointer));

        expect(values.sort()).toEqual(Object.values(input).sort());
      }),
    );
  });

  it('names the first 20 broken rules only, and long unknown keys by their beginning', () => {
    const input = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`${index}-${'k'.repeat(1_000)}`, 1]));

    const issues = issuesOf(registration, { username: 'ann', password: 'a good password', ...input });

    expect(issues).toHaveLength(20);
    expect(issues[0]?.pointer).toBe(`/0-${'k'.repeat(62)}…`);
  });

  it('never shows a value of the input', () => {
    const secret = 'tell-nobody';

    const errors = [
      thrownBy(() => parseInput(registration, { username: `${secret}#`, password: secret })),
      thrownBy(() => parseInput(registration, secret)),
      thrownBy(() => parseInput(z.enum(['a', 'b']), secret)),
      thrownBy(() => parseInput(z.strictObject({ list: z.array(decimalTextSchema) }), { list: [secret, { secret }] })),
      thrownBy(() =>
        parseInput(z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('a') })]), { kind: secret }),
      ),
      thrownBy(() => parseInput(metadataSchema, { ok: [secret] })),
    ] as InstanceType<typeof sharedErrors.ValidationError>[];

    errors.forEach((error) => {
      expect(error.code).toBe('VALIDATION_FAILED');
      expect(error.cause).toBeUndefined();
      expect(JSON.stringify([error.message, error.details])).not.toContain(secret);
    });
  });
});
