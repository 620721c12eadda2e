import { sharedErrors } from '@cnop/exceptions';
import { idempotencyKeySchema, parseInput } from '@cnop/validation';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route takes the header `Idempotency-Key`; the OpenAPI document then says so. */
    idempotent?: boolean;
    /** Whether {@link markReplayed} may mark its responses; the OpenAPI document then says so. Default: `idempotent`. */
    replayed?: boolean;
  }
}

const header = 'Idempotency-Key';
const headersSchema = z.object({ [header]: idempotencyKeySchema });

/**
 * The key of a request that moves money: its header `Idempotency-Key`, or the client order id of its body; `undefined` without either.
 *
 * @param clientOrderId - the body's own key, where the operation has one.
 * @throws {@link sharedErrors.ValidationError} when the header is not 1 to 64 characters of 0x21 to 0x7E, or names another key than the body.
 */
export function findIdempotencyKey({ headers }: FastifyRequest, clientOrderId?: string): string | undefined {
  const named = headers['idempotency-key'];
  if (named === undefined) return clientOrderId;

  const { [header]: key } = parseInput(headersSchema, { [header]: named });
  if (clientOrderId === undefined || clientOrderId === key) return key;
  throw new sharedErrors.ValidationError({
    issues: [{ pointer: `/${header}`, rule: 'mismatch', message: 'The header and the body name different keys.' }],
  });
}

/** Says by `Idempotency-Replayed: true` that an answer repeats what an earlier request did; says nothing otherwise. */
export function markReplayed(reply: FastifyReply, replayed: boolean): void {
  if (replayed) reply.header('idempotency-replayed', 'true');
}
