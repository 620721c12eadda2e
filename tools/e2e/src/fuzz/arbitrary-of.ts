import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from '../open-api-document.ts';

/** Values that a schema of the document permits; where a pattern is beyond fast-check, texts that may not be. */
export function arbitraryOf(schema: JsonSchema): Arbitrary<unknown> {
  const { enum: values, const: value, anyOf, oneOf } = schema;
  if (value !== undefined) return fc.constant(value);
  if (values) return fc.constantFrom(...values);

  const choices = anyOf ?? oneOf;
  if (choices) return fc.oneof(...choices.map(arbitraryOf));

  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}), { maxLength: 3 });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 1_000_000) });
    case 'number':
      return fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textOf(schema);
    case undefined:
    default:
      return fc.jsonValue();
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema): Arbitrary<object> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)]));

  return fc.record(members, { requiredKeys: [...required] });
}

function textOf({ format, pattern, allOf = [], minLength = 0, maxLength = 200 }: JsonSchema): Arbitrary<string> {
  if (format === 'email') return fc.integer({ min: 0, max: 1e9 }).map((n) => `fuzz-${n}@example.com`);
  if (format === 'date-time') return fc.date({ noInvalidDate: true, ...years }).map((date) => date.toISOString());
  if (format === 'date') {
    return fc.date({ noInvalidDate: true, ...years }).map((date) => date.toISOString().slice(0, 10));
  }
  if (format === 'uuid') return fc.uuid();

  const patterns = [pattern, ...allOf.map((part) => part.pattern)].filter((each) => each !== undefined);
  const [first, ...others] = patterns;
  if (first === undefined) return fc.string({ minLength, maxLength: Math.min(maxLength, 40) });

  const rest = others.map((each) => new RegExp(each, 'u'));
  return matching(first)
    .map((text) => text.slice(0, maxLength))
    .filter((text) => rest.every((each) => each.test(text)));
}

/** Nothing that lies so far off that a clock could not tell it. */
const years = { min: new Date('1900-01-01'), max: new Date('2100-01-01') };

/** fast-check knows no classes of Unicode. */
function matching(pattern: string): Arbitrary<string> {
  return /\\[pP]\{/.test(pattern)
    ? fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    : fc.stringMatching(new RegExp(pattern), { size: 'small' });
}
