import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Trade } from '../market.ts';

/** One way to carry out the operations that are measured, open over a client of its own. */
export interface OpenContender {
  /** Reads one order, strongly consistent. */
  getOrder(trade: Trade): Promise<unknown>;
  /** Puts one new order, if it does not exist yet. */
  createOrder(trade: Trade): Promise<unknown>;
  /** Reads a page of 50 of a user's orders, newest first. */
  listOrders(): Promise<unknown>;
  /** Writes order, journal entry, cash and asset in one transaction. */
  marketOrder(trade: Trade): Promise<unknown>;
}

/** The name of an operation. */
export type Operation = keyof OpenContender;

/** Opens a contender over the client options that all share. */
export type Contender = (config: DynamoDBClientConfig) => OpenContender | Promise<OpenContender>;

/** The attributes that every mapper declares alike: texts, integers, and those that may be missing. */
export const fieldsOf = <const TText, const TCount, const TSomeText, const TSomeCount>(
  ...[text, count, someText, someCount]: readonly [TText, TCount, TSomeText, TSomeCount]
) => ({
  order: {
    clientOrderId: someText,
    assetId: text,
    currency: text,
    quantityMinor: count,
    quantityScale: count,
    priceScale: count,
    currencyScale: count,
    priceAsOf: someText,
    priceSource: someText,
    endedAt: someText,
    createdAt: text,
    updatedAt: text,
    version: count,
    assetCreatedAt: text,
    statusCreatedAt: text,
    requestHash: text,
    writeId: text,
    schemaVersion: count,
  },
  orderFill: { transactionId: text, priceMinor: count, quantityMinor: count, notionalMinor: count, executedAt: text },
  entry: { schemaVersion: count, orderId: someText, createdAt: text, updatedAt: text, writeId: text },
  entryFill: { priceMinor: count, priceScale: count, quantityMinor: count, quantityScale: count },
  balance: {
    schemaVersion: someCount,
    scale: someCount,
    availableMinor: someCount,
    version: someCount,
    createdAt: someText,
    updatedAt: someText,
  },
});

/** The values of the attributes that are one of a few. */
export const choices = {
  orderType: ['MARKET_BUY', 'MARKET_SELL', 'LIMIT_BUY', 'LIMIT_SELL'],
  status: ['PENDING', 'COMPLETED', 'CANCELLED', 'FAILED'],
  transactionType: ['DEPOSIT', 'WITHDRAW', 'ORDER_PAYMENT', 'ORDER_REFUND'],
  balanceStatus: ['ACTIVE', 'FROZEN'],
  bucket: ['available', 'held'],
  side: ['BUY', 'SELL'],
} as const;
