import { orderLifeMs, type ModelChange, type ModelDraft } from './exchange-model.ts';
import { command, nothing, same, type ModelCommand, type Where } from './model-command.ts';
import {
  idOf,
  priceText,
  quantityText,
  requestOf,
  timeText,
  workAll,
  type ModelMarket,
  type ModelWorld,
} from './model-world.ts';
import { dearestOf, filledOf, isOver, type ModelOrder } from './order-model.ts';

interface Placing extends Where {
  readonly kind: number;
  readonly near: number;
  readonly far: number;
  readonly quantity: number;
  readonly lifeMs: number;
  readonly isAtOnce: boolean;
}

/** Orders of every kind around the reference price; one in eight of the limits is marketable. */
function draftOf({ kind, near, far, quantity, lifeMs }: Placing, market: ModelMarket): ModelDraft {
  const { reference, now, orders } = market.model;
  const [above, below] = [reference.price + BigInt(near), reference.price - BigInt(near)];
  const [farAbove, farBelow] = [reference.price + BigInt(far), reference.price - BigInt(far)];
  const sell = { side: 'SELL' } as const;
  const buy = { side: 'BUY' } as const;
  const shapes = [
    { ...buy, kind: 'LIMIT', limit: below },
    { ...sell, kind: 'LIMIT', limit: above },
    { ...buy, kind: 'LIMIT', limit: above },
    { ...buy, kind: 'STOP', stop: above },
    { ...sell, kind: 'STOP', stop: below },
    { ...buy, kind: 'STOP', stop: above, stopLimit: above + 100n },
    { ...sell, kind: 'STOP', stop: below, stopLimit: below - 100n },
    { ...buy, kind: 'TARGET', stop: below },
    { ...sell, kind: 'TARGET', stop: above },
    { ...buy, kind: 'STOP', trail: BigInt(near) },
    { ...sell, kind: 'STOP', trail: BigInt(near) },
    { ...sell, kind: 'STOP', bps: BigInt(Math.ceil(near / 5)) },
    { ...sell, kind: 'OCO', limit: above, stop: farBelow },
    { ...sell, kind: 'OCO', limit: farAbove, trail: BigInt(near) },
    { ...buy, kind: 'OCO', limit: below, stop: farAbove },
    { ...buy, kind: 'LIMIT', limit: below, exits: { profit: farAbove, stop: farBelow } },
    ...(market.model.venue ? [] : [{ ...buy, kind: 'LIMIT', limit: below, notional: BigInt(quantity) * 700n }]),
  ] as const;
  const { expiresAt, ref } = {
    expiresAt: lifeMs === 0 ? now + orderLifeMs : now + lifeMs,
    ref: `o${orders.length + 1}`,
  };

  return { ...shapes[kind % shapes.length], ref, quantity: BigInt(quantity) * 123_457n, expiresAt } as ModelDraft;
}

/** Places an order, at once (IOC) where that is asked for. */
export const place = (input: Placing): ModelCommand =>
  command('place', input, async (world, market) => {
    const draft = draftOf(input, market);
    const isAtOnce = input.isAtOnce && draft.kind === 'LIMIT' && !market.model.venue && input.lifeMs === 0;
    const { model, owner, assetId, ids } = market;
    const before = model.orders.length;
    const expected = model.place(draft, { isAtOnce });
    await same(expected, async () => {
      const request = requestOf(
        { ...draft, ...(input.lifeMs === 0 && { expiresAt: Infinity }) },
        { assetId, isAtOnce },
      );
      const { order } = await world.process.flow.placeOrder({ owner, order: request });
      ids.set(draft.ref, order.orderId);
    });
    expect(model.orders.length > before).toBe(expected === undefined);
  });

/** One of the orders; of those that are over, rarely. */
function pick({ model: { orders } }: ModelMarket, nth: number): ModelOrder | undefined {
  const open = orders.filter((order) => !isOver(order));
  const among = open.length > 0 && nth % 5 > 0 ? open : orders;

  return among[nth % Math.max(1, among.length)];
}

interface OnOrder extends Where {
  readonly nth: number;
  readonly size: number;
  readonly what: number;
}

/** A command on an order: an exit is there once the fill of its entry has been worked off. */
const onOrder = (
  name: string,
  input: OnOrder,
  act: (world: ModelWorld, market: ModelMarket, order: ModelOrder) => Promise<void>,
) =>
  command(name, input, async (world, market) => {
    const order = pick(market, input.nth);
    if (!order) return nothing;
    if (order.parent !== undefined) await workAll(world);
    return await act(world, market, order);
  });

/** Cancels an order, which may be over. */
export const cancel = (input: OnOrder): ModelCommand =>
  onOrder('cancel', input, async ({ process }, market, order) => {
    const orderId = idOf(market, order.ref);
    await same(market.model.cancel(order), () => process.flow.cancelOrder({ orderId }));
  });

function changeOf({ what, size }: OnOrder, order: ModelOrder, { model }: ModelMarket): ModelChange {
  const { kind, side, limit, stop, trail, notional, exits, working } = order;
  const [near, sign] = [BigInt(size), side === 'BUY' ? -1n : 1n];
  const plain = !model.venue && working === undefined && notional === undefined && !exits;

  if (what < 3 && plain && kind === 'LIMIT' && limit !== undefined)
    return { limit: model.reference.price + sign * near };
  if (what < 3 && plain && kind === 'STOP' && stop !== undefined && order.stopLimit === undefined)
    return { stop: model.reference.price - sign * near };
  if (what < 3 && plain && kind === 'STOP' && trail !== undefined) return { trail: near };
  if (what < 5 || notional !== undefined) return { expiresAt: model.now + 5_000 + size * 100 };
  return { quantity: near * 1_000n };
}

/** Changes a price, the quantity or the expiry of an order. */
export const amend = (input: OnOrder): ModelCommand =>
  onOrder('amend', input, async ({ process }, market, order) => {
    const orderId = idOf(market, order.ref);
    const change = changeOf(input, order, market);
    const { limit, stop, trail, quantity, expiresAt } = change;
    const amendment = {
      ...(limit !== undefined && { limitPrice: priceText(limit) }),
      ...(stop !== undefined && { stopPrice: priceText(stop) }),
      ...(trail !== undefined && { trailAmount: priceText(trail) }),
      ...(quantity !== undefined && { quantity: quantityText(quantity) }),
      ...(expiresAt !== undefined && { expiresAt: timeText(expiresAt) }),
    };
    await same(market.model.amend(order, change), () => process.flow.amendOrder({ orderId, amendment }));
  });

/** Of the venue, whichever market is named: a fill of a part, or the rest, sometimes one that was reported before. */
export const report = (input: OnOrder): ModelCommand =>
  onOrder('venue fill', { ...input, market: 1 }, async ({ process }, market, order) => {
    const left = order.quantity - filledOf(order);
    const again = input.what === 0 ? order.fills[0] : undefined;
    const part = input.what < 5 ? (left * BigInt(input.size)) / 2_000n : left;
    const price = order.side === 'BUY' ? dearestOf(order) - BigInt(input.size) : (order.limit ?? 50_000n) + 1_000n;
    const fill = again
      ? { id: again.by, quantity: again.quantity, price: again.price }
      : { id: `${order.ref}-${market.model.now}-${order.fills.length}`, quantity: part > 0n ? part : 1n, price };
    await same(market.model.report(order, fill), () =>
      process.flow.executeOrder({
        orderId: idOf(market, order.ref),
        venueFillId: fill.id,
        quantity: quantityText(fill.quantity),
        price: priceText(fill.price),
      }),
    );
  });

/** Of the venue: it has ended an order, asked to or not. */
export const confirm = (input: OnOrder): ModelCommand =>
  onOrder('venue end', { ...input, market: 1 }, async (world, market, order) => {
    const orderId = idOf(market, order.ref);
    await same(market.model.confirm(order), () => world.process.flow.confirmEnd({ orderId }));
  });
