import { isOpen, orderErrors, type Order } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';

/** An order that is placed on an asset, as far as a venue may refuse it. */
interface VenuePlacement {
  readonly timeInForce?: string | undefined;
  readonly notional?: string | undefined;
}

/**
 * Refuses what no venue executes: an order that is executed at once or not at all, and one by notional.
 *
 * @throws {@link sharedErrors.ValidationError} naming the field.
 */
export function assertVenuePlaceable({ timeInForce, notional }: VenuePlacement): void {
  if (timeInForce === 'IOC' || timeInForce === 'FOK')
    throw refused('/timeInForce', 'time_in_force_at_venue', 'An order that a venue executes rests: use GTC or GTD.');
  if (notional !== undefined)
    throw refused('/notional', 'notional_at_venue', 'An order that a venue executes has a quantity.');
}

/**
 * Refuses a report of an order that no venue executes.
 *
 * @throws {@link sharedErrors.ValidationError}.
 */
export function assertAtVenue({ execution }: Order): void {
  if (execution !== 'VENUE')
    throw refused('/orderId', 'at_a_venue', 'The platform executes this order; a venue has nothing to report of it.');
}

/** Refuses a report of an order that is over. @throws {@link orderErrors.OrderNotOpenError} with its status. */
export function assertOpen({ orderId, status }: Order): void {
  if (!isOpen(status)) throw new orderErrors.OrderNotOpenError({ orderId, status });
}

const refused = (pointer: string, rule: string, message: string) =>
  new sharedErrors.ValidationError({ issues: [{ pointer, rule, message }] });
