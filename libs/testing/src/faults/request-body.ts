import type { SdkRequest } from './request-handler.ts';

/** The operation of a DynamoDB request, e.g. `TransactWriteItems`; empty for another service. */
export function targetOf({ headers }: SdkRequest): string {
  return headers['x-amz-target']?.split('.').at(-1) ?? '';
}

/** The body of a request as text. */
export function bodyOf({ body }: SdkRequest): string {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return typeof body === 'string' ? body : '';
}

/** The same request with another body. Its signature does not cover that, which no emulator minds. */
export function withBody(request: SdkRequest, body: string): SdkRequest {
  const bytes = Buffer.from(body);
  const headers = { ...request.headers, 'content-length': String(bytes.length) };
  const copy = Object.create(Object.getPrototypeOf(request) as object) as SdkRequest;

  return Object.assign(copy, request, { headers, body: bytes });
}
