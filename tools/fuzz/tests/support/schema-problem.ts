import { isDomainError, toProblemDetails, type ValidationIssue } from '@cnop/exceptions';
import { parseInput } from '@cnop/validation';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { impurityOf, isPolluted } from './clean-data.ts';

/**
 * What is wrong with how a schema takes an input, as a sentence; `undefined` when it either refuses it by a ValidationError that can be
 * shown, or gives clean data that it accepts again unchanged.
 */
export function schemaProblem(schema: z.ZodType, input: unknown): string | undefined {
  const result = schema.safeParse(input);
  if (isPolluted()) return 'a prototype was changed';

  return result.success ? acceptanceProblem(schema, result.data) : refusalProblem(schema, input);
}

function acceptanceProblem(schema: z.ZodType, data: unknown): string | undefined {
  const again = schema.safeParse(data);
  if (!again.success) return 'it refuses its own output';
  if (!isDeepStrictEqual(again.data, data)) return 'it changes its own output';

  const impurity = impurityOf(data);
  return impurity && `it gives ${impurity}`;
}

function refusalProblem(schema: z.ZodType, input: unknown): string | undefined {
  try {
    parseInput(schema, input);
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'VALIDATION_FAILED') return `it throws ${String(error)}`;
    const { errors = [] } = JSON.parse(JSON.stringify(toProblemDetails(error))) as { errors?: ValidationIssue[] };

    return errors.length > 0 && errors.length <= 20 && errors.every(isReadable)
      ? undefined
      : 'its issues are not readable';
  }
  return 'parseInput accepts what the schema refuses';
}

const isReadable = ({ pointer, rule, message }: ValidationIssue): boolean =>
  /^(?:\/(?:[^/~]|~[01])*)*$/s.test(pointer) && pointer.length < 1_000 && rule !== '' && message !== '';
