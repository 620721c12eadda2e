import { formatDecimal, withoutUndefined } from '@cnop/utils';
import {
  decimalTextSchema,
  positiveDecimalTextSchema,
  timestampSchema,
  transactionIdSchema,
  wellFormedTextSchema,
} from '@cnop/validation';
import * as z from 'zod';
import { orderSchema, sideOf, type Order, type OrderChangeRecord, type OrderFill } from '../order.ts';

/** What every event of an order says: when it happened, and who caused it, where that is known. */
interface Happening {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** An owner; `system` for what the ticks caused. */
  readonly actor?: string | undefined;
}

/** An amount that moved with an event, by its entry in the journal. */
interface MovedHold extends Happening {
  readonly transactionId: string;
  /** In minor units of what the order holds. */
  readonly amountMinor: bigint;
}

/**
 * Something that happened to an order, in minor units of its scales.
 *
 * - HELD, RELEASED: a hold was made, raised, lowered or given back.
 * - AMENDED: with the version that it made, and each field that changed.
 * - TRIGGERED: the stop of a stop-limit was touched at a tick, and it works as a limit order from then.
 * - END_REQUESTED: its venue was asked to end it. SET_ASIDE: it is out of reach of triggers.
 * - ENDED: it has its final status.
 */
export type OrderEvent =
  | (Happening & { readonly type: 'PLACED' })
  | (MovedHold & { readonly type: 'HELD' | 'RELEASED' })
  | (Happening & { readonly type: 'AMENDED'; readonly version: number; readonly changes: readonly OrderChangeRecord[] })
  | (Happening & { readonly type: 'TRIGGERED'; readonly tickAsOf: string })
  | (Happening & { readonly type: 'FILLED'; readonly fill: OrderFill })
  | (Happening & {
      readonly type: 'END_REQUESTED' | 'ENDED';
      readonly status: Order['status'];
      readonly code?: string | undefined;
    })
  | (Happening & { readonly type: 'SET_ASIDE'; readonly code?: string | undefined })
  | (Happening & { readonly type: 'REFUNDED'; readonly transactionId: string });

/** An order and all that happened to it, the oldest first. */
export interface OrderEvents {
  readonly order: Order;
  readonly events: readonly OrderEvent[];
}

const { shape } = orderSchema;
const happening = { at: timestampSchema, actor: wellFormedTextSchema.optional() };
const movedHold = { ...happening, transactionId: transactionIdSchema, amount: positiveDecimalTextSchema };
const ended = { ...happening, status: shape.status, code: shape.failureCode };

const orderEventResponseSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('PLACED'), ...happening }),
  z.strictObject({ type: z.literal('HELD'), ...movedHold }),
  z.strictObject({ type: z.literal('RELEASED'), ...movedHold }),
  z.strictObject({
    type: z.literal('AMENDED'),
    ...happening,
    version: shape.version,
    changes: z.array(
      z.strictObject({
        field: wellFormedTextSchema,
        from: wellFormedTextSchema.optional(),
        to: wellFormedTextSchema.optional(),
      }),
    ),
  }),
  z.strictObject({ type: z.literal('TRIGGERED'), ...happening, tickAsOf: timestampSchema }),
  z.strictObject({
    type: z.literal('FILLED'),
    ...happening,
    transactionId: transactionIdSchema,
    price: positiveDecimalTextSchema,
    quantity: positiveDecimalTextSchema,
    notional: positiveDecimalTextSchema,
    fee: decimalTextSchema,
    tickAsOf: timestampSchema.optional(),
    venueFillId: shape.fills.element.shape.venueFillId,
  }),
  z.strictObject({ type: z.literal('END_REQUESTED'), ...ended }),
  z.strictObject({ type: z.literal('ENDED'), ...ended }),
  z.strictObject({ type: z.literal('SET_ASIDE'), ...happening, code: shape.setAsideCode }),
  z.strictObject({ type: z.literal('REFUNDED'), ...happening, transactionId: transactionIdSchema }),
]);

/** The shape of the events of an order in a response: amounts as decimal text, the fields of amendments as requests name them. */
export const orderEventsResponseSchema = z
  .strictObject({ orderId: shape.orderId, events: z.array(orderEventResponseSchema) })
  .describe('What happened to an order, the oldest first.')
  .meta({ title: 'OrderEvents' });

/** The events of an order as a client of the API sees them. */
export type OrderEventsResponse = z.infer<typeof orderEventsResponseSchema>;

type EventResponse = OrderEventsResponse['events'][number];

/** What a client is told of the events of an order. */
export const toOrderEventsResponse = ({ order, events }: OrderEvents): OrderEventsResponse => ({
  orderId: order.orderId,
  events: events.map((event) => withoutUndefined(toEventResponse(order, event))),
});

function toEventResponse(order: Order, event: OrderEvent): EventResponse {
  switch (event.type) {
    case 'HELD':
    case 'RELEASED': {
      const { amountMinor, ...rest } = event;
      const scale = sideOf(order.orderType) === 'BUY' ? order.currencyScale : order.quantityScale;
      return { ...rest, amount: formatDecimal(amountMinor, scale) };
    }
    case 'AMENDED':
      return { ...event, changes: event.changes.map((change) => withoutUndefined(toChangeResponse(order, change))) };
    case 'FILLED':
      return toFillResponse(order, event);
    case 'PLACED':
    case 'TRIGGERED':
    case 'END_REQUESTED':
    case 'ENDED':
    case 'SET_ASIDE':
    case 'REFUNDED':
      return event;
  }
}

function toFillResponse(
  { priceScale, quantityScale, currencyScale }: Order,
  { type, at, actor, fill }: Extract<OrderEvent, { readonly type: 'FILLED' }>,
): EventResponse {
  const { transactionId, priceMinor, quantityMinor, notionalMinor, feeMinor = 0n, tickAsOf, venueFillId } = fill;

  return withoutUndefined({
    type,
    at,
    actor,
    transactionId,
    price: formatDecimal(priceMinor, priceScale),
    quantity: formatDecimal(quantityMinor, quantityScale),
    notional: formatDecimal(notionalMinor, currencyScale),
    fee: formatDecimal(feeMinor, currencyScale),
    tickAsOf,
    venueFillId,
  });
}

/** Basis points are percent with two decimals. */
const PERCENT_SCALE = 2;

/** A stored field by the name that requests give it, its values as decimal text. */
function toChangeResponse({ quantityScale, priceScale }: Order, { field, from, to }: OrderChangeRecord) {
  const scale = field === 'quantityMinor' ? quantityScale : field === 'trailBps' ? PERCENT_SCALE : priceScale;
  const isAmount = field === 'trailBps' || field.endsWith('Minor');
  const text = (value: string | undefined) =>
    value !== undefined && isAmount ? formatDecimal(BigInt(value), scale) : value;

  return {
    field: field === 'trailBps' ? 'trailPercent' : field.replace(/Minor$/u, ''),
    from: text(from),
    to: text(to),
  };
}
