import { makeOrderDraft } from '@cnop/entities-order/testing';
import { ifChanged, keyings, rows, unless, type MatrixRow } from '../row.ts';
import {
  addUser,
  adjustGold,
  cash,
  deposit,
  funded,
  gold,
  goldBalance,
  inTurn,
  withGold,
  type World,
} from '../world.ts';

const createOrder =
  (clientOrderId?: string, quantityMinor = 3n) =>
  ({ orders, owner }: World) =>
    orders.createOrder(makeOrderDraft({ owner, quantityMinor, ...(clientOrderId && { clientOrderId }) }));

async function findOrder({ orders, owner, knownId }: World) {
  if (knownId !== undefined) return unless('ORDER_NOT_FOUND', orders.getOrder(knownId));

  return (await orders.getOrdersByUser({ owner })).items[0];
}

/** A pending order; its id. */
const withDraft = async (world: World) => (await createOrder()(world)).order.orderId;

const note = 'call back';
const writeNote =
  (expectedVersion: number) =>
  ({ orders, given }: World) =>
    orders.updateOrder({ orderId: given, expectedVersion, changes: { note } });

const setStatus =
  (status: 'CONFIRMED' | 'FAILED' | 'EXPIRED' | 'CANCELLED') =>
  ({ orders, given }: World) =>
    orders.updateOrderStatus({ orderId: given, status });

const place =
  (orderType: 'MARKET_BUY' | 'MARKET_SELL', options: { readonly clientOrderId?: string; readonly maxPrice?: string }) =>
  ({ flow, owner }: World) =>
    flow.placeOrder({ owner, order: { orderType, assetId: gold, quantity: '3', ...options } });

const withCancelled = inTurn(withDraft, setStatus('CANCELLED'));
/** A user who has bought three of gold for 300 cents; the order's id. */
const withBought = inTurn(
  funded(1_000n),
  async (world) => (await place('MARKET_BUY', { clientOrderId: 'bought' })(world)).order.orderId,
);
/** The same, but one of gold is gone. */
const withSpent = inTurn(withBought, (world) => adjustGold(world, -1n));

const stored = ['+ order MARKET_BUY PENDING 3 AAPL v1'];
const bought = ['+ entry ORDER_PAYMENT COMPLETED USD-300 GOLD+3', '+ order MARKET_BUY COMPLETED 3 GOLD for 300 v1'];
const sold = ['+ entry ORDER_PAYMENT COMPLETED USD+300 GOLD-3', '+ order MARKET_SELL COMPLETED 3 GOLD for 300 v1'];
const refund = ({ flow, given }: World) => flow.refundOrder({ orderId: given });
const cancel = ({ flow, owner, given }: World) => flow.cancelOrder({ orderId: given, owner });

/** Everything that the writing methods of `OrderDao` and `OrderFlow` may come to. */
export const orderRows: readonly MatrixRow[] = [
  ...rows({
    'store an order, keyed': { identity: 'key', call: createOrder('o-1'), effect: stored },
    'store an order, keyless': { identity: 'none', call: createOrder(), look: findOrder, effect: stored },
    'store an order under a used key': {
      identity: 'key',
      before: createOrder('o-1', 4n),
      call: createOrder('o-1'),
      refusal: 'IDEMPOTENCY_KEY_REUSED',
    },
    'write a note': {
      before: withDraft,
      call: writeNote(1),
      look: async ({ orders, given }) => ifChanged(await orders.getOrder(given), { note }),
      effect: ['~ order MARKET_BUY PENDING 3 AAPL call back v2'],
    },
    'write a note at an old version': { before: withDraft, call: writeNote(2), refusal: 'VERSION_CONFLICT' },
    'confirm an order': {
      before: withDraft,
      call: setStatus('CONFIRMED'),
      effect: ['~ order MARKET_BUY CONFIRMED 3 AAPL v2'],
    },
    'fail an order': {
      before: withDraft,
      call: setStatus('FAILED'),
      effect: ['~ order MARKET_BUY FAILED 3 AAPL v2'],
    },
    'let a cancelled order expire': {
      before: withCancelled,
      call: setStatus('EXPIRED'),
      refusal: 'ORDER_TRANSITION_ILLEGAL',
    },
    'market buy above its highest price': {
      identity: 'key',
      before: funded(1_000n),
      call: place('MARKET_BUY', { clientOrderId: 'a-1', maxPrice: '0.50' }),
      refusal: 'PRICE_LIMIT_EXCEEDED',
    },
    'refund an order': {
      before: withBought,
      call: refund,
      effect: [
        `~ ${goldBalance(0, 2)}`,
        `~ ${cash(1000, { version: 3 })}`,
        '+ entry ORDER_REFUND COMPLETED USD+300 GOLD-3',
        '~ order MARKET_BUY COMPLETED 3 GOLD for 300 refunded v2',
      ],
    },
    'refund an order whose asset is spent': { before: withSpent, call: refund, refusal: 'BALANCE_INSUFFICIENT' },
    'refund a pending order': { before: withDraft, call: refund, refusal: 'ORDER_NOT_REFUNDABLE' },
    'cancel an order': { before: withDraft, call: cancel, effect: ['~ order MARKET_BUY CANCELLED 3 AAPL v2'] },
    'cancel an executed order': { before: withBought, call: cancel, refusal: 'ORDER_NOT_CANCELLABLE' },
  }),
  ...keyings.flatMap(({ suffix, isKeyed, identity }) => {
    const key = isKeyed ? { clientOrderId: 'a-1' } : {};
    const look = isKeyed ? undefined : findOrder;
    const buy = { identity, look, call: place('MARKET_BUY', key) };
    const sell = { identity, look, call: place('MARKET_SELL', key) };

    return rows({
      [`market buy, ${suffix}`]: {
        ...buy,
        before: funded(1_000n),
        effect: [`~ ${cash(700, { version: 2 })}`, `+ ${goldBalance(3, 1)}`, ...bought],
      },
      [`market sell, ${suffix}`]: {
        ...sell,
        before: withGold(5n),
        effect: [`~ ${goldBalance(2, 2)}`, `+ ${cash(300, { in: 0 })}`, ...sold],
      },
      [`market buy of too much, ${suffix}`]: { ...buy, before: funded(200n), refusal: 'BALANCE_INSUFFICIENT' },
      [`market buy of too much, funds come later, ${suffix}`]: {
        ...buy,
        before: funded(200n),
        meanwhile: (world) => deposit(world, 500n),
        refusal: 'BALANCE_INSUFFICIENT',
        effect: [`~ ${cash(400, { in: 700, version: 3 })}`, `+ ${goldBalance(3, 1)}`, ...bought],
      },
      [`market sell of a missing asset, ${suffix}`]: { ...sell, before: addUser, refusal: 'BALANCE_INSUFFICIENT' },
    });
  }),
];
