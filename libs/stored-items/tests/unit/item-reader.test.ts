import { afterPrefix, keyPart, type RawItem } from '@cnop/stored-items';
import { compileItemReader } from '@cnop/stored-items/compile';
import { item, number, string } from 'dynamodb-toolbox/schema';

const schema = item({ pk: string(), weightMinor: number().big() });
const readPet = compileItemReader({ kind: 'pet', schema });
const readNumberedPet = compileItemReader({ kind: 'pet', schema, showKey: true });
const toPet = ({ pk, ...pet }: { pk: string; weightMinor: bigint }) => ({
  name: keyPart('pk', afterPrefix(pk, 'PET#')),
  ...pet,
});
const raw: RawItem = { pk: 'PET#Rex', weightMinor: 5 };

describe(compileItemReader, () => {
  it('gives what the item stands for, with exact amounts', () => {
    expect(readPet(raw, toPet)).toStrictEqual({ name: 'Rex', weightMinor: 5n });
  });

  it('ignores what it is not told to read', () => {
    expect(readPet({ ...raw, schemaVersion: 2 }, toPet)).toStrictEqual({ name: 'Rex', weightMinor: 5n });
  });

  it('names the kind of item and the attribute, never a value or the key', () => {
    expect(() => readPet({ ...raw, weightMinor: 'a lot' }, toPet)).toThrow(
      /^Malformed pet item: attribute 'weightMinor' is not an integer\.$/,
    );
    expect(() => readPet({ ...raw, pk: 'CAT#Tom' }, toPet)).toThrow(
      /^Malformed pet item: attribute 'pk' is not the key of such an item\.$/,
    );
  });

  it.each([
    [{ pk: 'PET#7' }, 'PET#7'],
    [{}, 'without a key'],
    [{ pk: Object.create(null) as unknown }, 'without a key'],
  ])('shows the key of %j where that is allowed', (malformed, shown) => {
    expect(() => readNumberedPet(malformed, toPet)).toThrow(`Malformed pet item ${shown}: attribute '`);
  });
});

describe(afterPrefix, () => {
  it.each([
    ['PET#1', '1'],
    ['PET#', undefined],
    ['CAT#1', undefined],
  ])('finds in %s: %s', (key, part) => {
    expect(afterPrefix(key, 'PET#')).toBe(part);
  });
});
