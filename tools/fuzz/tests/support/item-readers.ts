import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { hostileValues } from '../../src/hostile-values.ts';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { entityFuzzes } from './entities/entity-fuzzes.ts';
import type { ItemReader } from './entity-fuzz.ts';
import type { Fuzzed } from './fuzzed.ts';
import { kindProblem } from './kind-problem.ts';

/** What is wrong with how a reader takes a damaged item, as a sentence. */
function damageProblem({ read, item }: ItemReader, damaged: unknown, property: unknown): string | undefined {
  let value: object;
  try {
    value = read(damaged as ItemReader['item']);
  } catch (error) {
    return isClear(error) ? undefined : `it throws ${String(error)}`;
  }
  const whole = read(item);
  const changed = Object.keys({ ...value, ...whole }).filter(
    (name) => !isDeepStrictEqual(value[name as keyof typeof value], whole[name as keyof typeof whole]),
  );
  if (!isKey(property) && changed.some((name) => name !== property)) return `it changes ${changed.join()}`;

  return kindProblem(value, whole);
}

const isKey = (property: unknown): boolean => property === 'pk' || property === 'sk' || property === undefined;

const isClear = (error: unknown): boolean => error instanceof Error && /^Malformed [a-z0-9 ]+ item/.test(error.message);

/** Readers of stored items. */
export const itemReaders: readonly Fuzzed[] = entityFuzzes
  .flatMap(({ readers }) => readers)
  .flatMap((reader) => [
    {
      name: reader.name,
      promise: 'names a damaged attribute, or reads it as what it is and all others as they were',
      check: () => {
        fc.assert(
          fc.property(spoil(reader.item), ({ value, property }) => {
            fc.pre(typeof value === 'object' && value !== null);

            expect(damageProblem(reader, value, property)).toBeUndefined();
          }),
          runs(1_000),
        );
      },
    },
    {
      name: reader.name,
      promise: 'refuses an item of anything else',
      check: () => {
        fc.assert(
          fc.property(fc.dictionary(fc.constantFrom(...Object.keys(reader.item)), hostileValues), (item) => {
            expect(damageProblem(reader, item, undefined)).toBeUndefined();
          }),
          runs(100),
        );
      },
    },
  ]);
