import type { RawItem } from '@cnop/database-core';
import {
  indexWriteUnits,
  itemSizeBytes,
  readUnits,
  writeUnitsOf,
  writeUnits,
} from '@cnop/database-core/infrastructure';
import fc from 'fast-check';
import { thingsShape } from '../../support/test-database.ts';

describe(itemSizeBytes, () => {
  it.each<[string, RawItem, number]>([
    ['nothing', {}, 0],
    ['a string', { name: 'abc' }, 4 + 3],
    ['a string in UTF-8', { größe: 'ä€😀' }, 7 + 2 + 3 + 4],
    ['an empty string', { a: '' }, 1],
    ['true', { a: true }, 1 + 1],
    ['false', { a: false }, 1 + 1],
    ['null', { a: null }, 1 + 1],
    ['undefined, which is not stored', { a: undefined, b: 1 }, 1 + 2],
    ['bytes', { a: new Uint8Array(5) }, 1 + 5],
    ['zero', { a: 0 }, 1 + 1],
    ['one digit', { a: 7 }, 1 + 2],
    ['two digits', { a: 42 }, 1 + 2],
    ['three digits', { a: 123 }, 1 + 3],
    ['trailing zeros, which are trimmed', { a: 12_000_000 }, 1 + 2],
    ['a fraction', { a: 0.0012 }, 1 + 2],
    ['an exponent', { a: 1.5e-9 }, 1 + 2],
    ['a negative number', { a: -42 }, 1 + 3],
    ['38 digits', { a: 10n ** 38n - 1n }, 1 + 20],
    ['an empty list', { a: [] }, 1 + 3],
    ['an empty map', { a: {} }, 1 + 3],
    ['a list', { a: ['xy', 1] }, 1 + 3 + (1 + 2) + (1 + 2)],
    ['a map', { a: { bc: 'xy', d: 1 } }, 1 + 3 + (1 + 2 + 2) + (1 + 1 + 2)],
    ['a list of maps', { a: [{ b: 'c' }] }, 1 + 3 + (1 + (3 + (1 + 1 + 1)))],
    ['a set of strings', { a: new Set(['ab', 'c']) }, 1 + 3],
    ['a set of numbers', { a: new Set([1, -200]) }, 1 + 2 + 3],
    ['a set of bytes', { a: new Set([new Uint8Array(3)]) }, 1 + 3],
  ])('counts %s', (_, item, bytes) => {
    expect(itemSizeBytes(item)).toBe(bytes);
  });

  it('is the sum over the attributes', () => {
    const value = fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean(), fc.array(fc.string()));

    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), value), (item) => {
        const parts = Object.entries(item).map(([name, one]) => itemSizeBytes({ [name]: one }));

        expect(itemSizeBytes(item)).toBe(parts.reduce((total, part) => total + part, 0));
      }),
    );
  });
});

describe(writeUnits, () => {
  it.each([
    [0, 1],
    [1, 1],
    [1_024, 1],
    [1_025, 2],
    [10_240, 10],
  ])('counts %d bytes as %d', (bytes, units) => {
    expect(writeUnits(bytes)).toBe(units);
    expect(writeUnits(bytes, { transactional: false })).toBe(units);
    expect(writeUnits(bytes, { transactional: true })).toBe(2 * units);
  });
});

describe(readUnits, () => {
  it.each([
    [0, 1],
    [4_096, 1],
    [4_097, 2],
    [12_288, 3],
  ])('counts %d bytes as %d when consistent', (bytes, units) => {
    expect(readUnits(bytes, { consistent: true })).toBe(units);
    expect(readUnits(bytes)).toBe(units / 2);
    expect(readUnits(bytes, { transactional: true })).toBe(2 * units);
    expect(readUnits(bytes, { transactional: true, consistent: true })).toBe(2 * units);
  });
});

describe(indexWriteUnits, () => {
  // byOwner (owner, rank) holds everything, byKind (kind) the keys only.
  const thing = { pk: 'P', sk: '1', owner: 'ann', rank: 1, kind: 'a', text: 'x' };

  it.each<[string, [before?: RawItem, after?: RawItem], number]>([
    ['one write for a put in each index', [undefined, thing], 2],
    ['one write for a removal from each index', [thing, undefined], 2],
    ['nothing for what is in no index', [undefined, { pk: 'P', sk: '1', owner: 'ann' }], 0],
    ['nothing when nothing changes', [thing, { ...thing }], 0],
    ['nothing when nothing is there', [], 0],
    ['one write for a change of what one index holds', [thing, { ...thing, text: 'y' }], 1],
    ['one write when an entry comes, and one for the change', [{ ...thing, kind: undefined }, thing], 2],
    ['one write when an entry goes, and one for the change', [thing, { ...thing, kind: undefined }], 2],
    ['one write when an entry comes to the index that holds everything', [{ ...thing, rank: undefined }, thing], 1],
    ['two writes when the key of an index changes', [thing, { ...thing, rank: 2 }], 2],
    ['two writes in one index and one in the other', [thing, { ...thing, kind: 'b' }], 3],
  ])('counts %s', (_, [before, after], units) => {
    expect(indexWriteUnits(thingsShape, before, after)).toBe(units);
  });

  it('sizes an entry by what the index holds', () => {
    const long = { ...thing, text: 'x'.repeat(3_000) };

    expect(indexWriteUnits(thingsShape, undefined, long)).toBe(3 + 1);
    expect(indexWriteUnits(thingsShape, thing, long)).toBe(3);
    expect(indexWriteUnits(thingsShape, long, thing)).toBe(3);
    expect(indexWriteUnits(thingsShape, thing, { ...long, rank: 2 })).toBe(1 + 3);
  });

  it('sees no change between equal numbers of different types', () => {
    expect(indexWriteUnits(thingsShape, thing, { ...thing, rank: 1n })).toBe(0);
  });

  it('costs nothing without indexes', () => {
    expect(indexWriteUnits({ ...thingsShape, indexes: [] }, undefined, thing)).toBe(0);
  });
});

describe(writeUnitsOf, () => {
  const shape = { ...thingsShape, name: 'plain', indexes: [] };

  it('counts a market order: four items of up to 1 KB are 8 write units, its index entries apart', () => {
    const order = { pk: 'ORDER#1', sk: 'ORDER', owner: 'ann', rank: 1, kind: 'a' };
    const entry = { pk: 'USER#ann', sk: 'TXN#1' };
    const cash = { pk: 'USER#ann', sk: 'BALANCE#USD', available: 100 };
    const asset = { pk: 'USER#ann', sk: 'BALANCE#ACME', available: 1 };

    const units = writeUnitsOf([
      { shape: thingsShape, after: order },
      { shape, after: entry },
      { shape, before: cash, after: { ...cash, available: 50 } },
      { shape, before: asset, after: { ...asset, available: 2 } },
    ]);

    expect(units).toEqual({ items: 4, tableUnits: 8, indexUnits: 2 });
  });

  it('counts the larger of the sizes before and after', () => {
    const small = { pk: 'P', sk: '1' };
    const large = { ...small, text: 'x'.repeat(2_000) };

    expect(writeUnitsOf([{ shape, before: large, after: small }]).tableUnits).toBe(4);
    expect(writeUnitsOf([{ shape, before: small, after: large }]).tableUnits).toBe(4);
    expect(writeUnitsOf([{ shape, before: large }]).tableUnits).toBe(4);
  });

  it('counts a condition check like a write that changes nothing', () => {
    const item = { pk: 'P', sk: '1', kind: 'a' };

    expect(writeUnitsOf([{ shape: thingsShape, before: item, after: item }])).toEqual({
      items: 1,
      tableUnits: 2,
      indexUnits: 0,
    });
    expect(writeUnitsOf([{ shape: thingsShape }])).toEqual({ items: 1, tableUnits: 2, indexUnits: 0 });
  });
});
