import { runWhatIsReady } from './manual-timers.ts';
import type { SdkRequest, SdkRequestHandler } from '../../src/index.ts';

/** A service in this process that carries out whatever it is asked. */
export interface FakeService extends SdkRequestHandler {
  /** Operation and body of each request that arrived. */
  readonly arrived: { readonly target: string; readonly body: string }[];
}

type Respond = (target: string, body: string) => { readonly statusCode?: number; readonly body?: unknown };

export function createFakeService(respond: Respond = () => ({})): FakeService {
  const arrived: { target: string; body: string }[] = [];

  return {
    arrived,
    handle: async ({ headers, body: bytes }) => {
      const target = headers['x-amz-target']!.split('.')[1]!;
      const body = Buffer.from(bytes as Uint8Array).toString();

      arrived.push({ target, body });
      return { response: { statusCode: 200, headers: {}, body: '{}', ...respond(target, body) } };
    },
  };
}

/** A request as the SDK hands it to its request handler. */
export function makeRequest(target: string, body: object = {}): SdkRequest {
  const bytes = Buffer.from(JSON.stringify(body));

  return {
    headers: { 'x-amz-target': `DynamoDB_20120810.${target}`, 'content-length': String(bytes.length) },
    body: bytes,
  };
}

/** A transaction of that many puts. */
export const makeTransaction = (actions: number) =>
  makeRequest('TransactWriteItems', {
    TransactItems: Array.from({ length: actions }, (_, index) => ({
      Put: { TableName: 't', Item: { pk: { S: `${index}` } } },
    })),
    ClientRequestToken: 'token-1',
  });

/** The JSON body of an answer. */
export const jsonOf = ({ response }: { response: { body?: unknown } }): Record<string, unknown> =>
  JSON.parse(Buffer.from(response.body as Uint8Array).toString()) as Record<string, unknown>;

/** Whether a promise has settled once everything that is ready has run. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let hasSettled = false;
  const settle = () => {
    hasSettled = true;
  };
  promise.then(settle, settle);

  await runWhatIsReady();
  return hasSettled;
}
