import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema, Parameter, PlacedOperation } from './contract.ts';

/** A request as the fuzz sends it. */
export interface FuzzRequest {
  readonly method: string;
  /** With its query, well-formed as an URL. */
  readonly target: string;
  readonly token: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What is there, so that some requests find something. */
export interface KnownValues {
  readonly tokens: readonly string[];
  /** By the name of a parameter or a field, such as `orderId`. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** Requests to an operation: as the document has them, with values that are there, and spoiled in any way. */
export function requestOf(
  { method, path, parameters = [], requestBody }: PlacedOperation,
  { tokens, values }: KnownValues,
): Arbitrary<FuzzRequest> {
  const bodySchema = requestBody?.content['application/json']?.schema;
  const valueOf = ({ in: place, name, schema }: Parameter) =>
    parameterOf(schema, values[name] ?? [], place === 'header' ? headerText : junk);
  const placed = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place);
  const record = (place: Parameter['in'], required: boolean) =>
    fc.record(Object.fromEntries(placed(place).map((parameter) => [parameter.name, valueOf(parameter)])), {
      ...(!required && { requiredKeys: [] }),
    });

  return fc
    .record({
      path: record('path', true),
      query: fc.oneof({ weight: 4, arbitrary: record('query', false) }, { weight: 1, arbitrary: strangeQuery }),
      header: record('header', false),
      strangeHeader: fc.option(headerText, { freq: 4 }),
      token: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...tokens) },
        { weight: 1, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.stringMatching(/^[\w.-]{1,60}$/) },
      ),
      body: bodySchema ? bodyOf(bodySchema, values) : fc.option(fc.jsonValue(), { freq: 4, nil: undefined }),
    })
    .map(({ path: inPath, query, header, strangeHeader, token, body }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeText(inPath[name] ?? ''));
      const search = Object.entries(query).map(([name, text]) => `${encodeText(name)}=${encodeText(text ?? '')}`);

      return {
        method,
        target: search.length > 0 ? `${filled}?${search.join('&')}` : filled,
        token,
        headers: { ...header, ...(strangeHeader !== null && { 'x-request-id': strangeHeader }) },
        // A GET takes no body over fetch.
        ...(method !== 'GET' && body !== undefined && { body }),
      };
    });
}

const junk = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('..', '../..', '#', 'USER#ada', '\u0000', '%', '{}', "' OR 1=1 --", '__proto__', '💸', '-1', '1e309'),
);

function parameterOf(schema: JsonSchema, known: readonly string[], strange: Arbitrary<string>): Arbitrary<string> {
  return fc.oneof(
    ...(known.length > 0 ? [{ weight: 5, arbitrary: fc.constantFrom(...known) }] : []),
    { weight: 3, arbitrary: arbitraryOf(schema).map(String) },
    { weight: 2, arbitrary: strange },
  );
}

const strangeQuery = fc.dictionary(fc.string({ minLength: 1, maxLength: 10 }), junk, { maxKeys: 3 });
const headerText = fc.stringMatching(/^[\x21-\x7e]{1,80}$/);

/** Bodies as the document has them, with known values, and with one thing wrong. */
function bodyOf(schema: JsonSchema, values: KnownValues['values']): Arbitrary<unknown> {
  const good = arbitraryOf(schema).chain((body) => withKnown(body, values));
  const spoiled = fc
    .tuple(good, fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }))
    .chain(([body, name, value]) => {
      const fields = Object.keys(Object(body) as object);
      return fc.constantFrom(...fields, name).map((field) => ({ ...(body as object), [field]: value }));
    });

  return fc.oneof(
    { weight: 5, arbitrary: good },
    { weight: 3, arbitrary: spoiled },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  );
}

function withKnown(body: unknown, values: KnownValues['values']): Arbitrary<unknown> {
  if (typeof body !== 'object' || body === null) return fc.constant(body);

  const fields = Object.entries(body).map(([name, value]: [string, unknown]) => {
    const known = values[name] ?? [];
    return [
      name,
      known.length > 0 ? fc.oneof(fc.constant(value), fc.constantFrom(...known)) : fc.constant(value),
    ] as const;
  });
  return fc.record(Object.fromEntries(fields));
}

/** Half a surrogate pair is no text that an URL could hold. */
const encodeText = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}'));

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
