import * as validation from '@cnop/validation';
import fc from 'fast-check';
import { hostileValues } from '../../src/hostile-values.ts';
import { runs } from '../../src/runs.ts';
import { schemasOf } from '../../src/schemas-of.ts';
import { changeAt, pathsOf, partAt, spoil } from '../../src/spoil.ts';
import { worstTextWork } from '../../src/text-work.ts';
import { entitiesLibraries } from '../support/entities/entities-libraries.ts';
import { examplesOf } from '../support/examples-of.ts';
import { schemaProblem } from '../support/schema-problem.ts';

const entities = Object.entries(entitiesLibraries).map(([lib, { model }]) => [lib, model] as const);
const schemas = [['validation', validation] as const, ...entities].flatMap(([lib, module]) =>
  schemasOf(module).map(([name, schema]) => ({ lib, name, schema, examples: examplesOf(lib, name) })),
);

/** Parts that a pattern may try to match in more than one way, each text ended by what cannot match. */
const repeated = ['a', '0', '-', ' ', 'a.', 'a@', '+1', '😀'].map(
  (part) => (length: number) => `${part.repeat(length / part.length)}\n!`,
);
/** A field that is checked in several steps takes some passes over it; one that backtracks takes thousands. */
const passesAtMost = 1_000;

const textsIn = (example: unknown) => pathsOf(example).filter((path) => typeof partAt(example, path) === 'string');

it('finds the schemas of every entities and validation library', () => {
  expect(schemas.length).toBeGreaterThan(50);
});

describe.each(schemas)('$name of $lib', ({ schema, examples: valid }) => {
  const inputs = fc.oneof(
    hostileValues,
    ...valid.map((example) => ({ weight: 3, arbitrary: spoil(example).map(({ value }) => value) })),
  );

  it('accepts its examples', () => {
    expect(valid.length).toBeGreaterThan(0);
    expect(valid.map((example) => schema.safeParse(example).error?.issues)).toEqual(valid.map(() => undefined));
  });

  it('refuses by ValidationError, or gives clean data that it accepts again unchanged', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(schemaProblem(schema, input)).toBeUndefined();
      }),
      runs(100),
    );
  });

  it('reads long texts in time that grows with their length only', () => {
    const worst = valid.flatMap((example) =>
      textsIn(example).flatMap((path) =>
        repeated.map((textOf) =>
          worstTextWork((text) => schema.safeParse(changeAt(example, path, () => text)), textOf, passesAtMost),
        ),
      ),
    );

    expect(worst.filter(({ ratio }) => ratio > passesAtMost)).toEqual([]);
  });
});
