import { ValidationError } from '@cnop/exceptions';
import type { z } from 'zod';

import { toValidationIssues } from './validation-issues.ts';

/**
 * Checks an input against a schema and gives what the schema makes of it: defaults filled in, texts normalised.
 *
 * Make object schemas with `z.strictObject`, so that a field nobody reads is an error rather than dropped.
 *
 * @throws {@link ValidationError} that names every broken rule (the first 20) by JSON pointer. No value of the input is
 *   in it.
 * @example
 * const { limit } = parseInput(pageSchema, request.query);
 */
export function parseInput<TSchema extends z.ZodType>(schema: TSchema, input: unknown): z.output<TSchema> {
  const result = schema.safeParse(input);
  if (!result.success) {
    throw new ValidationError({ issues: toValidationIssues(result.error) });
  }
  return result.data;
}
