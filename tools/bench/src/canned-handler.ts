import type { AttributeValue, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** An item as it goes over the wire. */
export type WireItem = Record<string, AttributeValue>;

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const headers = { 'content-type': 'application/x-amz-json-1.0' };

/** A response as a request handler gives it to the SDK. */
export const wireResponse = (statusCode: number, body: Uint8Array) => ({ response: { statusCode, headers, body } });

const limitPattern = /"Limit":(\d+)/;

/** A request handler that carries nothing over a network and answers each operation with bytes that were made beforehand. */
export function createCannedHandler() {
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
      handle: (request: unknown) => Promise.resolve(wireResponse(200, answer(request as WireRequest))),
    } as NonNullable<DynamoDBClientConfig['requestHandler']>,
    /** The body of the last request. */
    lastBody: () => textOf(last),
    /** What reads are answered with; a query gets as many as it asks for. */
    storeOrders: (items: readonly WireItem[]) => {
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
/** The body of a response. */
export const encode = (answer: object): Uint8Array => new TextEncoder().encode(JSON.stringify(answer));
