/** A part of an OpenAPI document. */
type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI document, as far as it is described here. */
interface Document {
  readonly paths?: Readonly<Record<string, unknown>>;
  readonly components?: { readonly schemas?: object };
}

/** One response of an operation. */
interface Response {
  readonly headers?: object;
}

interface Operation {
  readonly parameters?: readonly { readonly name?: string }[];
  readonly responses: Readonly<Record<string, Response>>;
  /** Whether `config.replays` or `config.idempotent` of its route says that it repeats responses. Not part of the document. */
  readonly [replays]?: boolean;
}

/** Marks an operation whose responses may be replays, until the headers of its responses are described. */
export const replays = 'x-replays';

/**
 * Makes the document one that clients can be generated from: each schema with a title becomes a component of that name, and the
 * responses have their headers.
 *
 * @throws a plain Error when two schemas have the same title.
 */
export function describeDocument<TDocument extends Document>(
  document: TDocument,
): TDocument & { readonly components: { readonly schemas: object; readonly headers: object } } {
  const named = new Map<string, Json>();
  const paths = nameSchemas(document.paths ?? {}, named) as Readonly<Record<string, Record<string, Operation>>>;

  return {
    ...document,
    paths: mapValues(paths, (operations) => mapValues(operations, describeHeaders)),
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, ...Object.fromEntries(named) },
      headers: components,
    },
  };
}

/** The same with references in place of schemas that have a title; those are added to `named`. */
function nameSchemas(node: unknown, named: Map<string, Json>): unknown {
  if (Array.isArray(node)) return node.map((each) => nameSchemas(each, named));
  if (typeof node !== 'object' || node === null) return node;

  const { title, ...rest } = mapValues(node as Json, (each) => nameSchemas(each, named));
  if (typeof title !== 'string') return title === undefined ? rest : { ...rest, title };
  const earlier = named.get(title);
  if (earlier && shapeOf(earlier) !== shapeOf(rest)) throw new Error(`Two schemas have the title ${title}.`);

  if (!earlier) named.set(title, rest);
  return { $ref: `#/components/schemas/${title}` };
}

/** A response may describe its schema in words of its own. */
const shapeOf = (schema: Json): string => JSON.stringify({ ...schema, description: undefined });

function describeHeaders({ [replays]: repeats = false, ...operation }: Operation): Operation {
  return {
    ...operation,
    responses: mapValues(operation.responses, (response, status) => ({
      ...response,
      headers: {
        ...response.headers,
        ...references(['X-Request-Id', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset']),
        ...(status === 'default' && references(['Retry-After', 'WWW-Authenticate'])),
        ...(repeats && status.startsWith('2') && references(['Idempotency-Replayed'])),
      },
    })),
  };
}

const references = (names: readonly (keyof typeof components)[]): object =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const header = (type: 'string' | 'integer', description: string) => ({ description, schema: { type } });

/** The headers of responses that are more than HTTP's own. */
const components = {
  'X-Request-Id': header(
    'string',
    'The id of the request, as in the log; that of the request’s own header, if it had a good one.',
  ),
  'RateLimit-Limit': header('integer', 'How many requests the nearest limit permits in its window.'),
  'RateLimit-Remaining': header('integer', 'How many of them are left.'),
  'RateLimit-Reset': header('integer', 'The seconds until the window ends.'),
  'Retry-After': header('integer', 'The seconds to wait before the same request; only where `retryable` is true.'),
  'WWW-Authenticate': header('string', 'How to authenticate (RFC 6750); only with status 401.'),
  'Idempotency-Replayed': {
    description: 'Present when this repeats the response to an earlier request with the same key.',
    schema: { type: 'string', enum: ['true'] },
  },
} as const;

function mapValues<TValue, TResult>(
  values: Readonly<Record<string, TValue>>,
  map: (value: TValue, name: string) => TResult,
): Record<string, TResult> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]));
}
