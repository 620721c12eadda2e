import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Trade } from './trade.ts';

/** The operations that are measured, by name. */
export const operations = {
  getOrder: 'read one order, strongly consistent',
  createOrder: 'put one new order, if it is not there yet',
  listOrders: "a page of 50 of a user's orders, newest first",
  marketOrder: 'order, journal entry, cash and asset in one transaction',
} as const;

/** The name of one of the {@link operations}. */
export type Operation = keyof typeof operations;

/** One way to carry out the operations, open over a client of its own. */
export interface OpenContender {
  getOrder(trade: Trade): Promise<unknown>;
  createOrder(trade: Trade): Promise<unknown>;
  listOrders(): Promise<unknown>;
  marketOrder(trade: Trade): Promise<unknown>;
}

/** Opens a contender over the client options that all share. */
export type Contender = (config: DynamoDBClientConfig) => OpenContender | Promise<OpenContender>;
