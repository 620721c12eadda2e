import { metadataSchema, parseInput } from '@cnop/validation';

import { accepted } from '../support/accepted.ts';

const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

describe('metadataSchema', () => {
  it.each([{}, { a: '' }, { 'a-B_c.9': 'x'.repeat(200) }, { ['k'.repeat(40)]: 'ä' }, entries(20)])(
    'takes %j unchanged',
    (input) => {
      expect(accepted(metadataSchema, input)).toEqual(input);
    },
  );

  it.each([
    entries(21),
    { a: 'x'.repeat(201) },
    { a: 'x\ud800' },
    { ['k'.repeat(41)]: 'x' },
    { '': 'x' },
    { '1a': 'x' },
    { 'a b': 'x' },
    { 'a#b': 'x' },
    { a: 1 },
    { a: null },
    { a: { b: 'c' } },
    [],
    'a',
    null,
  ])('refuses %j', (input) => {
    expect(accepted(metadataSchema, input)).toBeUndefined();
  });

  it('takes the name of a property of every object as a key like any other', () => {
    const metadata = accepted(metadataSchema, JSON.parse('{"constructor":"y"}'));

    expect(Object.entries(metadata ?? {})).toEqual([['constructor', 'y']]);
  });

  it('names the key of the prototype, and never touches a prototype', () => {
    const input: unknown = JSON.parse('{"__proto__":"x","constructor":"y"}');

    expect(() => parseInput(metadataSchema, input)).toThrow(
      expect.objectContaining({
        details: {
          issues: [{ pointer: '/__proto__', rule: 'unrecognized_keys', message: 'This field is not known.' }],
        },
      }) as Error,
    );
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
