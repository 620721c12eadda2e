import { executeWrite, readTransaction } from '@cnop/database-core';
import {
  orderCreateSchema,
  orderIdFor,
  orderRequestHash,
  sideOf,
  type Order,
  type OrderRequest,
} from '@cnop/entities-order';
import { fromOrderItem, orderGuardOf, orderKey, ordersTableShape } from '@cnop/entities-order/table';
import { paymentPostings, type BalanceTransaction } from '@cnop/entities-user';
import {
  IdempotencyKeyReusedError,
  isDomainError,
  OrderTypeNotSupportedError,
  ValidationError,
  type DomainError,
} from '@cnop/exceptions';
import { idempotencyKeySchema, parseInput, usernameSchema } from '@cnop/validation';
import { z } from 'zod';
import { marketRefusal } from './market-rules.ts';
import { marketAmounts, marketTerms, type MarketOrderCreate, type MarketTerms } from './market-terms.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import type { OrderResult } from './order-result.ts';
import { settlementActions } from './settlement-actions.ts';

const placeOrderSchema = z.strictObject({
  username: usernameSchema,
  order: orderCreateSchema,
  idempotencyKey: idempotencyKeySchema.optional(),
});

/** A user's order. `idempotencyKey` is another name for the order's `clientOrderId`; if both are given they must be the same. */
export type PlaceOrder = z.input<typeof placeOrderSchema>;

type Request = z.output<typeof placeOrderSchema>;

/** A request that has been read: whose order it is, and under which id. */
interface Placement {
  readonly username: string;
  readonly order: Request['order'];
  readonly orderId: string;
  readonly clientOrderId?: string;
}

/** Executes a market order in one transaction; see `OrderFlow.placeOrder`. */
export async function placeOrder(context: OrderFlowContext, input: PlaceOrder): Promise<OrderResult> {
  const placement = readRequest(context, parseInput(placeOrderSchema, input));
  const agreed = await agree(context, placement);

  return 'refusal' in agreed
    ? await replayOrRefuse(context, placement, agreed.refusal)
    : await execute(context, placement, agreed);
}

function readRequest({ ids }: OrderFlowContext, { username, order, idempotencyKey }: Request): Placement {
  const clientOrderId = order.clientOrderId ?? idempotencyKey;
  if (idempotencyKey !== undefined && clientOrderId !== idempotencyKey) {
    const message = 'Must be the same as the client order id when both are given.';
    throw new ValidationError({ issues: [{ pointer: '/idempotencyKey', rule: 'same_as_client_order_id', message }] });
  }
  return clientOrderId === undefined
    ? { username, order, orderId: ids.uuid() }
    : { username, order, orderId: orderIdFor(username, clientOrderId), clientOrderId };
}

type MarketAgreement = MarketTerms & { readonly market: MarketOrderCreate };

/** The terms on which the order would be executed now, or the reason why it may not be. */
async function agree(
  { priceSource, clock, maxPriceAgeMs }: OrderFlowContext,
  { order }: Placement,
): Promise<MarketAgreement | { readonly refusal: DomainError }> {
  if (!isMarketOrder(order)) return { refusal: new OrderTypeNotSupportedError({ orderType: order.orderType }) };

  try {
    const terms = marketTerms(order, await priceSource.getQuote(order.assetId));
    const refusal = marketRefusal({ ...terms, now: clock.now(), maxPriceAgeMs });
    return refusal ? { refusal } : { ...terms, market: order };
  } catch (error) {
    if (isDomainError(error)) return { refusal: error };
    throw error;
  }
}

const isMarketOrder = (order: Request['order']): order is MarketOrderCreate =>
  order.orderType === 'MARKET_BUY' || order.orderType === 'MARKET_SELL';

/** Under a client order id the order that is already there is the answer, whatever was to be refused. */
async function replayOrRefuse(
  { database }: OrderFlowContext,
  { username, order, orderId, clientOrderId }: Placement,
  refusal: DomainError,
): Promise<OrderResult> {
  if (clientOrderId === undefined) throw refusal;

  const tableName = database.tableName(ordersTableShape.name);
  const [item] = await readTransaction(database, [{ tableName, key: { ...orderKey(orderId) } }]);
  if (!item) throw refusal;

  const stored = fromOrderItem(item);
  if (requestHashAt(username, order, stored) !== orderGuardOf(item).requestHash)
    throw new IdempotencyKeyReusedError({});
  return { order: stored, replayed: true };
}

/** The fingerprint of a request at the scales of the stored order; `undefined` for a request that does not fit them. */
function requestHashAt(username: string, order: Request['order'], stored: Order): string | undefined {
  if (!isMarketOrder(order)) return undefined;

  try {
    return orderRequestHash(username, marketRequest(order, marketAmounts(order, stored)));
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}

const marketRequest = (
  { orderType, assetId }: MarketOrderCreate,
  { quantityMinor, maxPriceMinor, minPriceMinor }: Omit<OrderRequest, 'orderType' | 'assetId' | 'limitPriceMinor'>,
): OrderRequest => ({ orderType, assetId, quantityMinor, maxPriceMinor, minPriceMinor });

async function execute(
  context: OrderFlowContext,
  placement: Placement,
  agreement: MarketAgreement,
): Promise<OrderResult> {
  const { database, orders, clock, ids } = context;
  const at = clock.now().toISOString();
  const transactionId = ids.ulid();
  const order = completedOrder(placement, agreement, { transactionId, at });
  const guard = orders.placeOrderGuard(order, {
    requestHash: orderRequestHash(order.username, marketRequest(agreement.market, agreement)),
    writeId: ids.ulid(),
    clientNamed: placement.clientOrderId !== undefined,
  });

  const { replayed, item } = await executeWrite(database, {
    operation: 'placeOrder',
    reference: { orderId: order.orderId },
    guard,
    actions: settlementActions(context, paymentEntry(order, agreement, { transactionId, at })),
  });
  return { order: item ? fromOrderItem(item) : order, replayed };
}

interface Execution {
  readonly transactionId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

function completedOrder(
  { username, orderId, clientOrderId }: Placement,
  { market, quote, quantityMinor, maxPriceMinor, minPriceMinor, notionalMinor, currencyScale }: MarketAgreement,
  { transactionId, at }: Execution,
): Order {
  const { asset, priceMinor, priceAsOf, priceSource } = quote;

  return {
    orderId,
    username,
    ...(clientOrderId !== undefined && { clientOrderId }),
    orderType: market.orderType,
    status: 'COMPLETED',
    assetId: asset.assetId,
    currency: asset.currency,
    quantityMinor,
    quantityScale: asset.decimals,
    priceScale: asset.priceScale,
    currencyScale,
    ...(maxPriceMinor !== undefined && { maxPriceMinor }),
    ...(minPriceMinor !== undefined && { minPriceMinor }),
    priceAsOf,
    priceSource,
    fills: [{ transactionId, priceMinor, quantityMinor, notionalMinor, executedAt: at }],
    heldMinor: 0n,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}

function paymentEntry(
  { orderId, username, orderType, currency, assetId }: Order,
  { quote, quantityMinor, notionalMinor, currencyScale }: MarketAgreement,
  { transactionId, at }: Execution,
): BalanceTransaction {
  const side = sideOf(orderType);
  const { decimals: quantityScale, priceScale } = quote.asset;

  return {
    transactionId,
    username,
    transactionType: 'ORDER_PAYMENT',
    status: 'COMPLETED',
    postings: paymentPostings({
      side,
      cash: { code: currency, amountMinor: notionalMinor, scale: currencyScale },
      asset: { code: assetId, amountMinor: quantityMinor, scale: quantityScale },
    }),
    orderId,
    fill: { priceMinor: quote.priceMinor, priceScale, quantityMinor, quantityScale, side },
    createdAt: at,
    updatedAt: at,
  };
}
