import type { Contract } from './contract.ts';

/** A request. */
export interface Sent {
  readonly token?: string | undefined;
  /** As JSON; bytes and texts as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was answered. */
export interface Answer<TBody> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: TBody;
  readonly text: string;
}

/** Method and path with its query, such as `GET /v1/orders?limit=1`. */
export type ClientRequest = `${string} /${string}`;

/** Sends requests to a service over real sockets. */
export interface Client {
  /**
   * @throws Error when the answer breaks the contract.
   */
  send<TBody = unknown>(request: ClientRequest, sent?: Sent): Promise<Answer<TBody>>;
}

/** What a client does besides. */
export interface ClientOptions {
  readonly contract: Contract;
  /** Is told what was sent, and the body of the answer. */
  readonly onExchange?: (sent: Sent, body: unknown) => void;
}

/** Makes a client that holds every answer against the contract. */
export function createClient(url: string, { contract, onExchange }: ClientOptions): Client {
  return {
    send: async <TBody>(request: string, sent: Sent = {}): Promise<Answer<TBody>> => {
      const { token, body, headers } = sent;
      const [method = '', target = ''] = request.split(' ', 2);
      const answer = await fetch(`${url}${target}`, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: payloadOf(body) }),
      });
      const text = await answer.text();
      const { status } = answer;
      const contentType = answer.headers.get('content-type') ?? '';
      const path = target.split('?', 1)[0] ?? '';

      const problems = contract.problemsOf({ method, path, status, contentType, text });
      if (problems.length > 0) throw new Error(`${request} answered ${status}: ${problems.join('; ')}: ${text}`);
      const answered = bodyOf(contentType, text);
      onExchange?.(sent, answered);
      return { status, headers: answer.headers, body: answered as TBody, text };
    },
  };
}

const payloadOf = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer>)
    : JSON.stringify(body);

const bodyOf = (contentType: string, text: string): unknown =>
  text !== '' && contentType.includes('json') ? JSON.parse(text) : text;
