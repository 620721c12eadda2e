import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** An answer as the SDK takes it from its HTTP handler. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What to do when an operation (`Query`, `BatchGetItem`, …) has been answered; a returned answer takes its place. */
export type OnAnswer = (operation: string, body: string) => Promise<HttpAnswer | undefined>;

type RequestHandler = DynamoDBClient['config']['requestHandler'];

interface OutgoingRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The SDK's own HTTP handler, with something to happen between an answer and its reader. */
export function watchHttp(onAnswer: OnAnswer): RequestHandler {
  const { requestHandler: real } = new DynamoDBClient({ region: 'us-east-1' }).config;

  const handle = async (request: OutgoingRequest, options: object) => {
    const answer = await real.handle(request as never, options);
    const other = await onAnswer(
      request.headers['x-amz-target']!.split('.')[1]!,
      new TextDecoder().decode(request.body),
    );

    return other ? { response: other } : answer;
  };
  return { metadata: real.metadata, handle, destroy: () => real.destroy?.() } as unknown as RequestHandler;
}

/** An error as DynamoDB answers it. */
export function errorAnswer(name: string, fields: object = {}, statusCode = 400): HttpAnswer {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...fields };

  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify(body)),
  };
}
