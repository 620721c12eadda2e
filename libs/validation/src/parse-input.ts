import { sharedErrors, type ValidationIssue } from '@cnop/exceptions';
import type * as z from 'zod';

/**
 * Checks an input against a schema and gives what the schema makes of it: defaults filled in, texts normalised.
 *
 * Make object schemas with `z.strictObject`, so that a field nobody reads is an error rather than dropped. So is the key `__proto__`,
 * which zod leaves out of records in silence.
 *
 * @throws {@link sharedErrors.ValidationError} that names every broken rule (the first 20) by JSON pointer. No value of the input is
 *   in it.
 * @example
 * const { limit } = parseInput(pageSchema, request.query);
 */
export function parseInput<TSchema extends z.ZodType>(schema: TSchema, input: unknown): z.output<TSchema> {
  const result = schema.safeParse(input);
  if (!result.success) {
    const { issues } = result.error;
    throw new sharedErrors.ValidationError({ issues: listIssues(issues, (issue) => isMissing(issue, input)) });
  }
  const path = findPrototypeKey(input);
  if (path) {
    const issue = { pointer: toPointer(path), rule: 'unrecognized_keys', message: 'This field is not known.' };
    throw new sharedErrors.ValidationError({ issues: [issue] });
  }
  return result.data;
}

/** Deeper than any schema of ours. */
const MAX_DEPTH = 10;

/** Where the input has a key of its own that is named as the prototype of objects is. */
function findPrototypeKey(value: unknown, depth = 0): string[] | undefined {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return undefined;
  if (Object.hasOwn(value, '__proto__')) return ['__proto__'];

  for (const key of Object.keys(value)) {
    const below = findPrototypeKey((value as Readonly<Record<string, unknown>>)[key], depth + 1);
    if (below) return [key, ...below];
  }
  return undefined;
}

/** How many broken rules one error names; an input that breaks more is told of the first ones. */
const MAX_ISSUES = 20;

/** How much of one key is shown: a key that is not ours comes from the input, at any length. */
const MAX_SHOWN_KEY = 64;

/**
 * Says in one shape what zod found: where (RFC 6901 JSON pointer), the rule (zod's issue code) and a sentence.
 *
 * Each unknown key is an issue of its own, at its own pointer. Nothing of the input but its keys is shown, those
 * shortened.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export function toValidationIssues(error: z.ZodError): ValidationIssue[] {
  return listIssues(error.issues, () => false);
}

const listIssues = (issues: readonly z.core.$ZodIssue[], isOfNoValue: (issue: z.core.$ZodIssue) => boolean) =>
  issues.flatMap((issue) => describeIssue(issue, isOfNoValue(issue))).slice(0, MAX_ISSUES);

/** What zod says of a field whatever is wrong with its value, and so of one without any. */
const codesOfMissing: ReadonlySet<string | undefined> = new Set(['invalid_type', 'invalid_value', 'invalid_union']);

/** Whether the issue is that a field was left out: zod tells of its type, or how its text is written. */
function isMissing({ code, path }: z.core.$ZodIssue, input: unknown): boolean {
  if (path.length === 0 || !codesOfMissing.has(code)) return false;

  return (
    path.reduce((value, key) => (Object(value) as Readonly<Record<PropertyKey, unknown>>)[key], input) === undefined
  );
}

function describeIssue(issue: z.core.$ZodIssue, isOfNoValue: boolean): ValidationIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: toPointer([...issue.path, key]),
      rule: issue.code,
      message: 'This field is not known.',
    }));
  }
  if (isOfNoValue) return [{ pointer: toPointer(issue.path), rule: issue.code, message: 'This field is required.' }];
  // Of a wrong key, zod itself only says that it is wrong; what is wrong with it lies one level deeper.
  const { message } = (issue.code === 'invalid_key' && issue.issues[0]) || issue;
  return [{ pointer: toPointer(issue.path), rule: issue.code, message }];
}

function toPointer(path: readonly PropertyKey[]): string {
  return path.map(pointerSegment).join('');
}

function pointerSegment(key: PropertyKey): string {
  const text = String(key);
  const shown = text.length > MAX_SHOWN_KEY ? `${text.slice(0, MAX_SHOWN_KEY)}…` : text;

  return `/${shown.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Whether an update names anything to change; a field given as `undefined` does not count. */
export function namesAField(update: object): boolean {
  return Object.values(update).some((value) => value !== undefined);
}
