import type { StoreRequest } from '../../src/store/answer.ts';
import type { Store } from '../../src/store/store.ts';

type Body = Readonly<Record<string, unknown>>;

/** Sends one request; gives the body of the answer, or throws an error by DynamoDB's name. */
export type Send = (request: StoreRequest) => Promise<Body>;

export const askStore =
  (store: Store): Send =>
  (request) => {
    const { status, body } = store.execute(request);
    const name = String(body['__type']).split('#')[1];

    return status === 200
      ? Promise.resolve(body)
      : Promise.reject(Object.assign(new Error(name), { ...body, name, $metadata: {} }));
  };

/** The answer to a request in a form in which two backends can be compared: never the wording of a message. */
export async function answerTo(send: Send, request: StoreRequest): Promise<unknown> {
  try {
    if (request.operation === 'Scan') return await wholeScan(send, request);
    if (request.operation === 'BatchGetItem')
      return sorted(Object.values((await send(request))['Responses'] as Body).flat());

    return comparable(await send(request));
  } catch (error) {
    const { name, Item, CancellationReasons, $metadata } = error as Error & {
      readonly Item?: unknown;
      readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: unknown }[];
      readonly $metadata?: object;
    };
    if (!$metadata) throw error;
    // DynamoDB itself says which action of a transaction is invalid, DynamoDB Local refuses the whole.
    const isInvalid = CancellationReasons?.some(({ Code }) => Code === 'ValidationError');
    if (name === 'ValidationException' || isInvalid) return 'invalid';
    const reasons = CancellationReasons?.map((reason) => ({ Code: reason.Code ?? 'None', Item: reason.Item }));
    return comparable({ name, Item, reasons });
  }
}

/** All segments of a scan together, in an order of ours: hashes are every backend's own. */
async function wholeScan(send: Send, { operation, body }: StoreRequest): Promise<unknown[]> {
  const { TotalSegments } = body as { readonly TotalSegments?: number };
  const bodies =
    TotalSegments === undefined
      ? [body]
      : Array.from({ length: TotalSegments }, (_, Segment) => ({ ...body, Segment }));
  const segments = await Promise.all(bodies.map((each) => send({ operation, body: each })));

  return sorted(segments.flatMap(({ Items }) => Items));
}

const sorted = (items: readonly unknown[]): unknown[] =>
  items.map(comparable).toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

/** Nothing that is undefined or says nothing of the data, names in one order; emulators give an empty map where there was no item. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;

  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, part]) => part !== undefined && name !== '$metadata' && !(name === 'Item' && isEmpty(part)))
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, part]) => [name, comparable(part)]),
  );
}

const isEmpty = (part: unknown): boolean => Object.keys(part as object).length === 0;
