import { metadataSchema } from '@cnop/validation';

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

  it('never touches a prototype', () => {
    const metadata = accepted(metadataSchema, JSON.parse('{"__proto__":"x","constructor":"y"}'));

    expect(Object.entries(metadata ?? {})).toEqual([['constructor', 'y']]);
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
  });
});
