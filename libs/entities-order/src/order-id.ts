import { uuidFromName } from '@cnop/utils';

/** Fixed for ever: another namespace would give every client order id another order, and so break the guard against repeats. */
const ORDER_NAMESPACE = '5da91b67-08da-48bf-9a37-36980e56762e';

/**
 * The id of the order that a user names by this client order id: always the same one, so that a repeat meets the first order.
 *
 * @param owner - its alphabet has no line feed, so no two pairs share a name.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function orderIdFor(owner: string, clientOrderId: string): string {
  return uuidFromName(`${owner}\n${clientOrderId}`, ORDER_NAMESPACE);
}
