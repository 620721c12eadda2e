import { market, type Trade } from './trade.ts';

/** The amounts of a trade, as bigints or, for the contenders that know none, as numbers: exact only while they are small. */
export interface Amounts<TAmount> {
  readonly quantityMinor: TAmount;
  readonly priceMinor: TAmount;
  readonly notionalMinor: TAmount;
}

/** The amounts of the benchmark's market as numbers. */
export const numberAmounts: Amounts<number> = {
  quantityMinor: Number(market.quantityMinor),
  priceMinor: Number(market.priceMinor),
  notionalMinor: Number(market.notionalMinor),
};

const { owner, assetId, currency, quantityScale, priceScale, currencyScale, priceAsOf, priceSource } = market;

/** The key of an order. */
export const orderKey = (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' });

/** The key of an item of the benchmark's owner. */
export const ledgerKey = (sk: string) => ({ pk: `OWNER#${owner}`, sk });

/** Makes the items of a trade, without their keys. */
export function createItems<TAmount>({ quantityMinor, priceMinor, notionalMinor }: Amounts<TAmount>, minus: TAmount) {
  const order = ({ clientOrderId, requestHash, writeId, at }: Trade, status: 'PENDING' | 'COMPLETED') => ({
    owner,
    clientOrderId,
    orderType: 'MARKET_BUY' as const,
    status,
    assetId,
    currency,
    quantityMinor,
    quantityScale,
    priceScale,
    currencyScale,
    createdAt: at,
    updatedAt: at,
    version: 1,
    assetCreatedAt: `${assetId}#${at}`,
    statusCreatedAt: `${status}#${at}`,
    requestHash,
    writeId,
    schemaVersion: 1,
  });

  return {
    /** An order that is still to be executed. */
    pendingOrder: (trade: Trade) => order(trade, 'PENDING'),
    /** The order with its fill. */
    completedOrder: (trade: Trade) => ({
      ...order(trade, 'COMPLETED'),
      priceAsOf,
      priceSource,
      fills: [{ transactionId: trade.transactionId, priceMinor, quantityMinor, notionalMinor, executedAt: trade.at }],
    }),
    /** The journal entry. */
    entry: ({ orderId, at, writeId }: Trade) => ({
      schemaVersion: 1,
      transactionType: 'ORDER_PAYMENT' as const,
      status: 'COMPLETED' as const,
      postings: [
        { code: currency, bucket: 'available' as const, amountMinor: minus, scale: currencyScale },
        { code: assetId, bucket: 'available' as const, amountMinor: quantityMinor, scale: quantityScale },
      ],
      orderId,
      fill: { priceMinor, priceScale, quantityMinor, quantityScale, side: 'BUY' as const },
      createdAt: at,
      updatedAt: at,
      writeId,
    }),
  };
}
