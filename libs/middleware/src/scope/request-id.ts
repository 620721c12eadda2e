import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const wellFormed = /^[A-Za-z0-9._~-]{1,64}$/;

/**
 * The id of a request: what `X-Request-Id` says if that is 1 to 64 of `A-Z a-z 0-9 . _ ~ -`, else a new UUID.
 *
 * Nothing else is ever taken over, so no id can break a log line or a header.
 */
export function requestIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const named = headers['x-request-id'];

  return typeof named === 'string' && wellFormed.test(named) ? named : randomUUID();
}
