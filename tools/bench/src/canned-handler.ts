import type { AttributeValue, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** An item as it goes over the wire. */
export type WireItem = Record<string, AttributeValue>;

/** A request handler that carries nothing over a network and answers each operation with bytes that were made beforehand. */
export interface CannedHandler {
  readonly requestHandler: NonNullable<DynamoDBClientConfig['requestHandler']>;
  /** The body of the last request. */
  lastBody(): string;
  /** What reads are answered with; a query gets as many as it asks for. */
  storeOrders(items: readonly WireItem[]): void;
}

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const headers = { 'content-type': 'application/x-amz-json-1.0' };
const limitPattern = /"Limit":(\d+)/;

/** Makes the handler of one contender. */
export function createCannedHandler(): CannedHandler {
  const pages = new Map<number, Uint8Array>();
  const nothing = encode({});
  let single = nothing;
  let kept: readonly WireItem[] = [];
  let last: Uint8Array = nothing;

  const answer = ({ headers: sent, body }: WireRequest): Uint8Array => {
    last = body;
    const target = sent['x-amz-target'];

    if (target === 'DynamoDB_20120810.GetItem') return single;
    return target === 'DynamoDB_20120810.Query' ? pageOf(Number(limitPattern.exec(textOf(body))?.[1])) : nothing;
  };
  const pageOf = (limit: number): Uint8Array => {
    const page = pages.get(limit) ?? encode(queryAnswer(kept.slice(0, limit)));

    pages.set(limit, page);
    return page;
  };

  return {
    requestHandler: {
      handle: (request: unknown) =>
        Promise.resolve({ response: { statusCode: 200, headers, body: answer(request as WireRequest) } }),
    } as CannedHandler['requestHandler'],
    lastBody: () => textOf(last),
    storeOrders: (items) => {
      kept = items;
      single = encode({ Item: items[0] });
      pages.clear();
    },
  };
}

/** A page that is not the last one, as of a user with many orders. */
function queryAnswer(items: readonly WireItem[]) {
  const { pk, sk, owner, createdAt } = items.at(-1) ?? {};

  return {
    Items: items,
    Count: items.length,
    ScannedCount: items.length,
    LastEvaluatedKey: { pk, sk, owner, createdAt },
  };
}

const textOf = (body: Uint8Array): string => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
const encode = (answer: object): Uint8Array => new TextEncoder().encode(JSON.stringify(answer));
