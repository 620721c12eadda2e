import type { Contract } from './contract.ts';

/** A request. */
export interface Sent {
  readonly token?: string | undefined;
  /** As JSON; bytes and texts as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response. */
export interface Reply<TBody> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: TBody;
}

/** Method and path with its query, such as `GET /v1/orders?limit=1`. */
export type Target = `${string} /${string}`;

/** Sends requests to a service over real sockets; throws when the response breaks the contract. */
export interface Client {
  send<TBody = unknown>(target: Target, sent?: Sent): Promise<Reply<TBody>>;
  /** The same with an access token. */
  as(token: string): Caller;
}

/** Sends requests of one user. */
export interface Caller {
  get<TBody = unknown>(path: string): Promise<Reply<TBody>>;
  post<TBody = unknown>(path: string, body?: unknown, headers?: Sent['headers']): Promise<Reply<TBody>>;
}

/** What a client does besides. */
export interface ClientOptions {
  readonly contract: Contract;
  /** Receives what was sent, and the body of the response. */
  readonly onExchange: (sent: Sent, body: unknown) => void;
}

/** Makes a client that holds every response against the contract. */
export function createClient(url: string, { contract, onExchange }: ClientOptions): Client {
  const send = async <TBody>(target: string, sent: Sent = {}): Promise<Reply<TBody>> => {
    const { token, body, headers: own } = sent;
    const [method = '', address = ''] = target.split(' ', 2);
    const response = await fetch(`${url}${address}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...own,
      },
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
    });
    const { status, headers } = response;
    const text = await response.text();
    const contentType = headers.get('content-type') ?? '';
    const path = address.split('?', 1)[0] ?? '';

    const problems = contract.problemsOf({ method, path, status, contentType, text });
    if (problems.length > 0) throw new Error(`${target} returned ${status}: ${problems.join('; ')}: ${text}`);
    const received: unknown = text !== '' && contentType.includes('json') ? JSON.parse(text) : text;
    onExchange(sent, received);
    return { status, headers, body: received as TBody };
  };

  return {
    send,
    as: (token) => ({
      get: (path) => send(`GET ${path}`, { token }),
      post: (path, body, headers = {}) => send(`POST ${path}`, { token, body, headers }),
    }),
  };
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;
