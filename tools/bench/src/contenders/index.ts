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

/** The contenders by name; each is loaded only in the process that measures it. */
export const contenders = {
  'client-dynamodb': async () => (await import('./requests.ts')).openBare,
  'lib-dynamodb': async () => (await import('./requests.ts')).openLibDynamodb,
  'dynamodb-toolbox': async () => (await import('./toolbox.ts')).openToolbox,
  electrodb: async () => (await import('./electrodb.ts')).openElectrodb,
  'dynamodb-onetable': async () => (await import('./onetable.ts')).openOnetable,
  dynamoose: async () => (await import('./dynamoose.ts')).openDynamoose,
  cnop: async () => (await import('./cnop.ts')).openCnop,
} satisfies Record<string, () => Promise<Contender>>;

/** The name of one of the {@link contenders}. */
export type ContenderName = keyof typeof contenders;

/** The attributes of an order that every mapper declares alike: texts, integers, texts that may be missing. */
export const orderFields = <const TText, const TCount, const TOptional>(
  text: TText,
  count: TCount,
  optional: TOptional,
) => ({
  clientOrderId: optional,
  assetId: text,
  currency: text,
  quantityMinor: count,
  quantityScale: count,
  priceScale: count,
  currencyScale: count,
  priceAsOf: optional,
  priceSource: optional,
  createdAt: text,
  updatedAt: text,
  version: count,
  assetCreatedAt: text,
  statusCreatedAt: text,
  requestHash: text,
  writeId: text,
  schemaVersion: count,
});

/** The attributes of one fill of an order. */
export const orderFillFields = <const TText, const TCount>(text: TText, count: TCount) => ({
  transactionId: text,
  priceMinor: count,
  quantityMinor: count,
  notionalMinor: count,
  executedAt: text,
});

/** The attributes of a journal entry that every mapper declares alike. */
export const entryFields = <const TText, const TCount, const TOptional>(
  text: TText,
  count: TCount,
  optional: TOptional,
) => ({ schemaVersion: count, orderId: optional, createdAt: text, updatedAt: text, writeId: text });

/** The integers of the fill in a journal entry. */
export const entryFillFields = <const TCount>(count: TCount) => ({
  priceMinor: count,
  priceScale: count,
  quantityMinor: count,
  quantityScale: count,
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
