import type { OrderDao } from '@cnop/dao-order';
import { isOpen, sideOf, type Order } from '@cnop/entities-order';
import { isDomainError } from '@cnop/exceptions';
import type { OrderFlow } from '@cnop/flow-order';
import { formatDecimal } from '@cnop/utils';

/** An order as it is sent to a venue, under its id; amounts as decimal text. */
export interface RoutedOrder extends Pick<Order, 'orderId' | 'orderType' | 'assetId'> {
  /** The whole, filled parts included. */
  readonly quantity: string;
  /** What a buy may pay at most, what a sell with a limit must receive at least. */
  readonly worstPrice?: string;
}

/** What a venue reports. `filled` is the quantity of all fills of the order: only when they are booked does it end here. */
export type VenueReport =
  | ({ readonly kind: 'FILL'; readonly orderId: string; readonly fillId: string } & Record<
      'quantity' | 'price',
      string
    >)
  | { readonly kind: 'ENDED'; readonly orderId: string; readonly filled: string };

/** A venue, as an adapter speaks with it. */
export interface Venue {
  /** Takes an order, or its larger quantity; what it has taken already changes nothing. */
  route(order: RoutedOrder): Promise<void>;
  /** Asks to end an order; fills may still come. */
  cancel(orderId: string): Promise<void>;
  /** What is not acknowledged yet, in any order, each at least once. */
  reports(): Promise<readonly VenueReport[]>;
  acknowledge(report: VenueReport): Promise<void>;
}

/** What an adapter works with. */
export interface VenueAdapterOptions {
  readonly flow: OrderFlow;
  readonly orders: OrderDao;
  readonly venue: Venue;
  readonly assetIds: readonly string[];
  /** Puts a report that cannot be booked where people look. */
  readonly escalate: (report: VenueReport, error: Error) => void;
}

/** Makes the work of an adapter: one round of it routes, asks for ends, and books what was reported. Call it each second. */
export function createVenueAdapter({
  flow,
  orders,
  venue,
  assetIds,
  escalate,
}: VenueAdapterOptions): () => Promise<void> {
  /** What was sent, so that it is not sent each round. After a restart all is sent again, which changes nothing. */
  const sent = new Map<string, string>();

  const send = async (order: Order) => {
    const routed = routedOrder(order);
    if (sent.get(order.orderId) === routed.quantity) return;
    await venue.route(routed);
    sent.set(order.orderId, routed.quantity);
  };

  const book = async (report: VenueReport): Promise<void> => {
    if (report.kind === 'FILL') {
      const { orderId, fillId: venueFillId, quantity, price } = report;
      await flow.executeOrder({ orderId, venueFillId, quantity, price });
    } else {
      const order = await orders.getOrder(report.orderId);
      // A fill is still on its way: the report comes again.
      if (isOpen(order.status) && filledOf(order) !== report.filled) return;
      if (isOpen(order.status)) await flow.confirmEnd({ orderId: report.orderId });
      sent.delete(report.orderId);
    }
    await venue.acknowledge(report);
  };

  return async () => {
    for (const assetId of assetIds) {
      for await (const order of listed(orders, assetId, 'open')) await send(order);
      for await (const { orderId } of listed(orders, assetId, 'end')) await venue.cancel(orderId);
    }
    for (const report of await venue.reports()) {
      try {
        await book(report);
      } catch (error) {
        // What may succeed later is tried in the next round; a refusal is final, and a fill is a fact.
        if (!isDomainError(error)) throw error;
        if (error.retryable || error.code === 'OUTCOME_UNKNOWN') continue;
        escalate(report, error);
        await venue.acknowledge(report);
      }
    }
  };
}

/** All orders of a list, page after page. */
async function* listed(orders: OrderDao, assetId: string, list: 'open' | 'end'): AsyncGenerator<Order, void> {
  let cursor: string | undefined;

  do {
    const page = await orders.getVenueOrders({ assetId, list, limit: 100, ...(cursor !== undefined && { cursor }) });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

const filledOf = ({ fills, quantityScale }: Order): string =>
  formatDecimal(
    fills.reduce((sum, { quantityMinor }) => sum + quantityMinor, 0n),
    quantityScale,
  );

function routedOrder(order: Order): RoutedOrder {
  const { orderId, orderType, assetId, quantityMinor, quantityScale, priceScale } = order;
  const worst = sideOf(orderType) === 'BUY' ? order.holdPriceMinor : (order.limitPriceMinor ?? order.minPriceMinor);

  return {
    ...{ orderId, orderType, assetId, quantity: formatDecimal(quantityMinor, quantityScale) },
    ...(worst !== undefined && orderType !== 'OCO_SELL' && { worstPrice: formatDecimal(worst, priceScale) }),
  };
}
