import { isDomainError, ValidationError, type DetailsOf } from '@cnop/exceptions';
import type { PlaceOrder } from '@cnop/flow-order';

/** The parts of an HTTP request that make an order. */
interface OrderRequest {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Takes an order out of a request: a flat body with the `username` beside the order's fields, and the header `Idempotency-Key`.
 *
 * Only sorts them; the flow checks each.
 *
 * @throws {@link ValidationError} when the body is not a JSON object.
 */
export function readOrderRequest({ body, headers }: OrderRequest): PlaceOrder {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const message = 'The body must be a JSON object.';
    throw new ValidationError({ issues: [{ pointer: '', rule: 'invalid_type', message }] });
  }
  const { username, ...order } = body as Record<string, unknown>;
  const idempotencyKey = headers['idempotency-key'];

  return {
    username: username as string,
    order: order as PlaceOrder['order'],
    ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
  };
}

/**
 * What the flow threw, with its pointers as they are in the request: those of the order's fields at the top of the body, that of
 * the key as `/Idempotency-Key`.
 */
export function errorOfRequest(error: unknown): unknown {
  if (!isDomainError(error) || error.code !== 'VALIDATION_FAILED') return error;
  const { issues } = error.details as DetailsOf<'VALIDATION_FAILED'>;

  return new ValidationError(
    { issues: issues.map((issue) => ({ ...issue, pointer: pointerInRequest(issue.pointer) })) },
    { cause: error },
  );
}

const pointerInRequest = (pointer: string): string =>
  pointer === '/idempotencyKey' ? '/Idempotency-Key' : pointer.replace(/^\/order(?=\/|$)/, '');
