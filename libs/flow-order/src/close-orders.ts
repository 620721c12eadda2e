import { inventoryErrors, type Asset } from '@cnop/entities-inventory';
import { isOpen, type Order } from '@cnop/entities-order';
import { isDomainError } from '@cnop/exceptions';
import { assetIdSchema, ownerSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import { endAfterWork } from './cancel-order.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import { inChunks } from './standing/in-chunks.ts';

const closeOrdersSchema = z.strictObject({
  assetId: assetIdSchema,
  /** Who closes them, for the journal. */
  actor: ownerSchema.optional(),
});

/** What names the asset whose open orders are closed. */
export type CloseOrders = z.input<typeof closeOrdersSchema>;

/** What became of the open orders of an asset. */
export interface ClosedOrders {
  /** How many this call ended. */
  readonly closed: number;
  /** How many orders at a venue this call asked to be ended. */
  readonly endRequested: number;
  /** Those that could not be ended, each with the code of the error: repeat the call. */
  readonly failed: readonly { readonly orderId: string; readonly code: string }[];
}

/** How many orders are read and held at a time. */
const chunkSize = 100;
/** Above any price that an order waits for. */
const HIGHEST_PRICE = 10n ** 25n - 1n;

type Closing = Required<Pick<z.output<typeof closeOrdersSchema>, 'assetId'>> & { readonly actor: string | undefined };

/** Ends every open order of an asset that is delisted, after doing what is due of it. */
export async function closeOrders(context: OrderFlowContext, input: CloseOrders): Promise<ClosedOrders> {
  const { assetId, actor } = parseInput(closeOrdersSchema, input);
  const asset = await context.assets.getAsset(assetId);
  const result = { closed: 0, endRequested: 0, failed: [] as { orderId: string; code: string }[] };

  for await (const orderIds of inChunks(openOrderIds(context, asset), chunkSize)) {
    const found = await context.orders.getOrdersByIds(orderIds);
    // One order of an owner at a time: they all release into the same balances.
    const ends = await Promise.all(byOwner(found).map((orders) => closeAll(context, orders, { assetId, actor })));

    for (const end of ends.flat()) {
      if (typeof end === 'object') result.failed.push(end);
      else result[end] += 1;
    }
  }
  return result;
}

function byOwner(orders: readonly Order[]): Order[][] {
  const owners = new Map<string, Order[]>();

  for (const order of orders) owners.set(order.owner, [...(owners.get(order.owner) ?? []), order]);
  return [...owners.values()];
}

/** Every open order of an asset that an index shows: by its prices, as a trail, set aside, at a venue. One may come twice. */
async function* openOrderIds({ orders }: OrderFlowContext, asset: Asset): AsyncGenerator<string, void> {
  const { assetId, triggerReadShards = 1 } = asset;

  for (let shard = 0; shard < triggerReadShards; shard += 1) {
    const of = { assetId, shard };
    for await (const { orderId } of orders.dueOrders({ ...of, direction: 'RISE', priceMinor: HIGHEST_PRICE }))
      yield orderId;
    for await (const { orderId } of orders.dueOrders({ ...of, direction: 'FALL', priceMinor: 0n })) yield orderId;
    for await (const { orderId } of orders.trailEntries({ ...of, kind: 'HIGH' })) yield orderId;
    for await (const { orderId } of orders.trailEntries({ ...of, kind: 'LOW' })) yield orderId;
  }
  yield* listed((cursor) => orders.getOrdersSetAside({ assetId, limit: chunkSize, ...cursor }));
  yield* listed((cursor) => orders.getVenueOrders({ assetId, list: 'open', limit: chunkSize, ...cursor }));
}

type ReadPage = (cursor: { readonly cursor?: string }) => Promise<{
  readonly items: readonly Order[];
  readonly nextCursor?: string;
}>;

async function* listed(read: ReadPage): AsyncGenerator<string, void> {
  let cursor: string | undefined;

  do {
    const { items, nextCursor } = await read(cursor === undefined ? {} : { cursor });
    for (const { orderId } of items) yield orderId;
    cursor = nextCursor;
  } while (cursor !== undefined);
}

type End = keyof Omit<ClosedOrders, 'failed'> | ClosedOrders['failed'][number];

/** Closes orders of one owner in turn, and with each the exits that its fills have placed. */
async function closeAll(context: OrderFlowContext, orders: readonly Order[], closing: Closing): Promise<End[]> {
  const ends: End[] = [];

  for (const order of orders) {
    if (!isOpen(order.status)) continue;
    const { end, exitIds } = await closeOne(context, order, closing);
    ends.push(...end, ...(await closeAll(context, await context.orders.getOrdersByIds(exitIds), closing)));
  }
  return ends;
}

async function closeOne(
  context: OrderFlowContext,
  order: Order,
  { assetId, actor }: Closing,
): Promise<{ readonly end: End[]; readonly exitIds: readonly string[] }> {
  const { code } = new inventoryErrors.AssetInactiveError({ assetId });

  try {
    const { order: left, replayed } = await context.accountQueue.run(order.owner, () =>
      endAfterWork(context, order, { status: 'FAILED', code, actor }),
    );
    const exitIds = left.exits?.map(({ orderId }) => orderId) ?? [];
    if (replayed) return { end: [], exitIds };
    return { end: [isOpen(left.status) ? 'endRequested' : 'closed'], exitIds };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    // A tick had filled or expired it: with its fill it may have placed exits.
    const isOver = error.code === 'ORDER_NOT_CANCELLABLE';
    const { exits = [] } = isOver ? await context.orders.getOrder(order.orderId) : {};

    return {
      end: isOver ? [] : [{ orderId: order.orderId, code: error.code }],
      exitIds: exits.map(({ orderId }) => orderId),
    };
  }
}
