import type { Readable } from 'node:stream';
import type { OrderResponse } from '@cnop/entities-order';
import type { AuthenticatedUser } from '@cnop/middleware';

/** Who opens a stream, and how far an earlier one had come. */
export interface OrderSubscription {
  readonly user: AuthenticatedUser;
  /** The id of the last event that was received, if there was one. */
  readonly lastEventId?: string | undefined;
}

/** Tells users of changes of their orders as they are written. */
export interface OrderEvents {
  /**
   * A stream of server-sent events about the orders of its user: first those after `lastEventId`, or an event `reset` where they are not
   * known any more. It ends with the access token, and with the user's access.
   *
   * @throws TooManyStreamsError.
   */
  open(subscription: OrderSubscription): Readable;
  /** Tells the owner of an order how it stands now. */
  publish(order: OrderResponse): void;
  /** Tells everybody to read their orders again: some changes are not known. */
  reset(): void;
  /** Ends what may not go on, and writes to what was silent for long. To be called every second. */
  beat(): Promise<void>;
  /** Ends every stream, as the process ends. */
  close(): void;
}
