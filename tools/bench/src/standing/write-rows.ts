import type { NewAsset } from '@cnop/dao-inventory';
import type { Consumption } from './consumption.ts';
import type { WriteDesk } from './write-desk.ts';

/** What a write costs. */
export interface WriteCost {
  readonly items: number;
  /** Write units of the tables. */
  readonly writeUnits: number;
  /** Write units of their indexes. */
  readonly indexUnits: number;
}

/** One kind of write. */
export interface WriteRow {
  readonly name: string;
  /** What follows from its items and their entries: 2 units an item in a transaction and 1 an entry, none larger than 1 KB. */
  readonly stated: WriteCost;
  /** What it costs where the order is larger than 1 KB afterwards, as it is here: it takes 2 units more, and 1 in each entry that holds all of it. */
  readonly larger?: WriteCost;
  /** What the asset is like. Default: the platform executes its orders. */
  readonly terms?: Partial<NewAsset>;
  /** Does it once. */
  measure(desk: WriteDesk): Promise<Consumption>;
}

const cost = (items: number, writeUnits: number, indexUnits: number): WriteCost => ({ items, writeUnits, indexUnits });
const limitBuy = { orderType: 'LIMIT_BUY', limitPrice: '45' };
const stopSell = { orderType: 'STOP_LOSS_SELL', stopPrice: '45' };
const oco = { orderType: 'OCO_SELL', limitPrice: '60', stopPrice: '45' };
const exits = { takeProfitPrice: '70', stopPrice: '40' };
const venue: Partial<NewAsset> = { execution: 'VENUE' };

const placing = (terms: object) => (desk: WriteDesk) => desk.consumed(() => desk.place(terms));

const triggering = (terms: object, price: string) => async (desk: WriteDesk) => {
  await desk.place(terms);
  return await desk.worked(price);
};

const amending = (terms: object, amendment: object) => async (desk: WriteDesk) => {
  const { orderId } = await desk.place(terms);
  return await desk.consumed(() => desk.exchange.flow.amendOrder({ orderId, amendment }));
};

const cancelling = (terms: object) => async (desk: WriteDesk) => {
  const { orderId } = await desk.place(terms);
  return await desk.consumed(() => desk.exchange.flow.cancelOrder({ orderId }));
};

const expiring = async (desk: WriteDesk) => {
  const expiresAt = new Date(desk.exchange.clock.now().getTime() + 500).toISOString();
  await desk.place({ ...stopSell, expiresAt });
  return await desk.worked('44');
};

/** The fill of a venue after some others, each over a thousandth. */
const filling = (terms: object, fillsBefore: number) => async (desk: WriteDesk) => {
  const { orderId } = await desk.place(terms);
  const fill = (venueFillId: string) =>
    desk.exchange.flow.executeOrder({ orderId, venueFillId, quantity: '0.001', price: '44' });
  for (let before = 0; before < fillsBefore; before += 1) await fill(`before-${before}`);

  return await desk.consumed(() => fill('measured'));
};

const confirming = async (desk: WriteDesk) => {
  const { flow } = desk.exchange;
  const { orderId } = await desk.place(limitBuy);
  await flow.cancelOrder({ orderId });

  return await desk.consumed(() => flow.confirmEnd({ orderId }));
};

const resuming = async (desk: WriteDesk) => {
  const order = await desk.place(stopSell);
  await desk.putAside(order);

  return await desk.consumed(() => desk.exchange.flow.resumeOrder({ orderId: order.orderId }));
};

/** Every kind of write of standing orders. */
export const writeRows: readonly WriteRow[] = [
  { name: 'place', stated: cost(3, 6, 5), measure: placing(stopSell) },
  { name: 'place an OCO', stated: cost(3, 6, 6), measure: placing(oco) },
  { name: 'marketable limit', stated: cost(4, 8, 3), measure: placing({ ...limitBuy, limitPrice: '55' }) },
  {
    name: 'marketable limit with exits',
    stated: cost(6, 12, 9),
    measure: placing({ ...limitBuy, limitPrice: '55', exits }),
  },
  { name: 'trigger and fill', stated: cost(4, 8, 6), measure: triggering(stopSell, '44') },
  { name: 'trigger and fill, OCO', stated: cost(4, 8, 7), measure: triggering(oco, '44') },
  {
    name: 'trigger and fail',
    stated: cost(3, 6, 6),
    measure: triggering({ orderType: 'STOP_LOSS_BUY', stopPrice: '55', maxPrice: '56' }, '60'),
  },
  { name: 'expire', stated: cost(3, 6, 6), measure: expiring },
  { name: 'cancel', stated: cost(3, 6, 6), measure: cancelling(stopSell) },
  {
    name: 'a stop-limit works as a limit',
    stated: cost(1, 1, 5),
    measure: triggering({ ...stopSell, limitPrice: '44' }, '43'),
  },
  { name: 'amend with money', stated: cost(3, 6, 5), measure: amending(limitBuy, { limitPrice: '44' }) },
  { name: 'amend without money', stated: cost(1, 1, 5), measure: amending(stopSell, { stopPrice: '44' }) },
  { name: 'amend to marketable', stated: cost(4, 8, 6), measure: amending(limitBuy, { limitPrice: '55' }) },
  {
    name: 'amend to marketable, with exits',
    stated: cost(6, 12, 12),
    larger: cost(6, 14, 15),
    measure: amending({ ...limitBuy, exits }, { limitPrice: '55' }),
  },
  { name: 'bracket fill', stated: cost(6, 12, 12), measure: triggering({ ...limitBuy, exits }, '44') },
  {
    name: 'later bracket fill, at a venue',
    stated: cost(6, 12, 11),
    larger: cost(6, 14, 12),
    terms: venue,
    measure: filling({ ...limitBuy, exits }, 1),
  },
  { name: 'first partial fill, at a venue', stated: cost(4, 8, 5), terms: venue, measure: filling(limitBuy, 0) },
  {
    name: 'later partial fill, at a venue',
    stated: cost(4, 8, 4),
    larger: cost(4, 10, 8),
    terms: venue,
    measure: filling(limitBuy, 1),
  },
  { name: 'end requested, at a venue', stated: cost(1, 1, 6), terms: venue, measure: cancelling(limitBuy) },
  { name: 'end confirmed, at a venue', stated: cost(3, 6, 5), terms: venue, measure: confirming },
  {
    name: 'set aside',
    stated: cost(1, 1, 5),
    measure: async (desk) => {
      await desk.place(stopSell);
      return await desk.setAside('44');
    },
  },
  { name: 'resumed and not due', stated: cost(1, 1, 5), measure: resuming },
  { name: 'set a price', stated: cost(2, 4, 0), measure: (desk) => desk.consumed(() => desk.tick('51')) },
];
