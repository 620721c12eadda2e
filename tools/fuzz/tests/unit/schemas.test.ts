import { isDeepStrictEqual } from 'node:util';
import { isDomainError, toProblemDetails, type ValidationIssue } from '@cnop/exceptions';
import { parseInput } from '@cnop/validation';
import fc from 'fast-check';
import type * as z from 'zod';
import { hostileValues } from '../../src/hostile.ts';
import { runs } from '../../src/runs.ts';
import { changeAt, pathsOf, partAt, spoil } from '../../src/spoil.ts';
import { worstTextWork } from '../../src/text-work.ts';
import { examplesOf, schemas } from '../support/examples.ts';
import { impurityOf, isPolluted, thrownBy } from '../support/purity.ts';

/** What is wrong with how a schema reads an input, as a phrase. */
function problemOf(schema: z.ZodType, input: unknown): string | undefined {
  const result = schema.safeParse(input);
  if (isPolluted()) return 'a prototype was changed';
  if (!result.success) return refusalProblem(thrownBy(() => parseInput(schema, input)));
  const again = schema.safeParse(result.data);
  if (!again.success) return 'it refuses its own output';

  return isDeepStrictEqual(again.data, result.data) ? impurityOf(result.data) : 'it changes its own output';
}

function refusalProblem(error: unknown): string | undefined {
  if (!isDomainError(error) || error.code !== 'VALIDATION_FAILED') return `it throws ${String(error)}`;
  const { errors = [] } = JSON.parse(JSON.stringify(toProblemDetails(error))) as { errors?: ValidationIssue[] };
  const areReadable = errors.every(
    ({ pointer, rule, message }) =>
      /^(?:\/(?:[^/~]|~[01])*)*$/s.test(pointer) && pointer.length < 1_000 && rule !== '' && message !== '',
  );

  return errors.length > 0 && errors.length <= 20 && areReadable ? undefined : 'its issues are not readable';
}

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

describe.each(schemas)('$name of $library', ({ schema }) => {
  const examples = examplesOf(schema);

  it('accepts its examples', () => {
    expect(examples.map((example) => schema.safeParse(example).error?.issues)).toEqual(examples.map(() => undefined));
  });

  it('refuses by ValidationError, or gives clean data that it accepts again unchanged', () => {
    const spoiled = examples.map((example) => ({ weight: 3, arbitrary: spoil(example).map(({ value }) => value) }));

    fc.assert(
      fc.property(fc.oneof(hostileValues, ...spoiled), (input) => {
        expect(problemOf(schema, input)).toBeUndefined();
      }),
      runs(100),
    );
  });

  it('reads long texts in time that grows with their length only', () => {
    const worst = examples.flatMap((example) =>
      textsIn(example).flatMap((path) =>
        repeated.map((textOf) =>
          worstTextWork((text) => schema.safeParse(changeAt(example, path, () => text)), textOf, passesAtMost),
        ),
      ),
    );

    expect(worst.filter(({ ratio }) => ratio > passesAtMost)).toEqual([]);
  });
});
