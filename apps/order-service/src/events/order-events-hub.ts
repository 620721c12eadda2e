import { orderErrors, type OrderResponse } from '@cnop/entities-order';
import type { AuthenticatedUser, UserDirectory } from '@cnop/middleware';
import type { Clock, IdSource } from '@cnop/utils';
import { createEventStream, type EventStream, type ServerSentEvent } from './event-stream.ts';
import type { OrderEvents, OrderSubscription } from './order-events.ts';

/** What {@link createOrderEvents} takes. */
export interface OrderEventsOptions {
  /** Says whether the user of an open stream may still act. */
  readonly users: UserDirectory;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** How long a stream may be silent, in milliseconds. Default 15 000. */
  readonly heartbeatMs?: number;
  /** How many streams a user may have open. Default 5. */
  readonly streamsAtMost?: number;
  /** How many events are kept for those who come again. Default 1000. */
  readonly keptAtMost?: number;
}

interface Subscriber {
  readonly user: AuthenticatedUser;
  readonly stream: EventStream;
  /** When it was last found to be allowed and alive, in epoch milliseconds. */
  checkedMs: number;
}

interface KeptEvent extends ServerSentEvent {
  readonly owner: string;
  readonly number: number;
}

/** After how long a client connects again. */
const retryMs = 2_000;

/**
 * Tells the users of one process of changes of their orders. Ids of events are `<process>-<number>`, so what another process had sent is
 * never taken for known.
 */
export function createOrderEvents(options: OrderEventsOptions): OrderEvents {
  const { users, clock, ids, heartbeatMs = 15_000, streamsAtMost = 5, keptAtMost = 1_000 } = options;
  const origin = ids.ulid();
  const subscribers = new Set<Subscriber>();
  let kept: KeptEvent[] = [];
  let last = 0;
  /** Events up to this number are not known any more. */
  let forgotten = 0;
  const nowMs = () => clock.now().getTime();
  const of = (owner: string) => [...subscribers].filter(({ user }) => user.username === owner);

  const end = (subscriber: Subscriber, reason: string) => {
    subscribers.delete(subscriber);
    subscriber.stream.end({ event: 'end', data: { reason } });
  };
  const resume = (stream: EventStream, owner: string, lastEventId: string) => {
    const [, from, number] = /^(\w+)-(\d+)$/u.exec(lastEventId) ?? [];
    const isKnown = from === origin && Number(number) >= forgotten && Number(number) <= last;
    if (!isKnown) stream.send({ event: 'reset', data: {} });
    else for (const event of kept) if (event.owner === owner && event.number > Number(number)) stream.send(event);
  };

  return {
    open: ({ user, lastEventId }: OrderSubscription) => {
      if (of(user.username).length >= streamsAtMost)
        throw new orderErrors.TooManyStreamsError({ maximum: streamsAtMost });

      const stream = createEventStream({ retryMs });
      const subscriber = { user, stream, checkedMs: nowMs() };
      subscribers.add(subscriber);
      stream.body.once('close', () => subscribers.delete(subscriber));
      if (lastEventId !== undefined) resume(stream, user.username, lastEventId);
      return stream.body;
    },
    publish: (order: OrderResponse) => {
      last += 1;
      const event = { id: `${origin}-${last}`, event: 'order', data: order, owner: order.username, number: last };
      kept.push(event);
      if (kept.length > keptAtMost) forgotten = kept.shift()?.number ?? forgotten;
      for (const { stream } of of(order.username)) stream.send(event);
    },
    reset: () => {
      kept = [];
      last += 1;
      forgotten = last;
      for (const { stream } of subscribers) stream.send({ id: `${origin}-${last}`, event: 'reset', data: {} });
    },
    beat: async () => {
      const now = nowMs();
      for (const subscriber of [...subscribers]) {
        if (subscriber.user.expiresAt.getTime() <= now) end(subscriber, 'token-expired');
        else if (now - subscriber.checkedMs >= heartbeatMs) {
          subscriber.checkedMs = now;
          if (await users.isActive(subscriber.user)) subscriber.stream.beat();
          else end(subscriber, 'access-ended');
        }
      }
    },
    close: () => {
      for (const subscriber of [...subscribers]) end(subscriber, 'shutdown');
    },
  };
}
