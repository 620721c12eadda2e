import type { DatabaseOptions } from '@cnop/database-core';
import type { RequestBody, StoreAnswer, StoreRequest } from '../store/answer.ts';

/** What the AWS SDK takes in place of its HTTP client. */
export type RequestHandler = NonNullable<DatabaseOptions['requestHandler']>;

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A request handler that answers each request by a function, without a network. */
export function createRequestHandler(answer: (request: StoreRequest) => Promise<StoreAnswer>): RequestHandler {
  return {
    handle: async (request: unknown) => {
      const { status, body } = await answer(readRequest(request as HttpRequest));
      const response = { statusCode: status, headers: {}, body: Buffer.from(JSON.stringify(body)) };

      return { response };
    },
  };
}

/** DynamoDB's operation is in a header: `DynamoDB_20120810.PutItem`. */
function readRequest({ headers, body = '{}' }: HttpRequest): StoreRequest {
  const operation = headers['x-amz-target']?.split('.')[1] ?? '';
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);

  return { operation, body: JSON.parse(text) as RequestBody };
}
