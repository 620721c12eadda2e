import type { Order } from '@cnop/entities-order';

/** What is wrong with an order: what should be there and what is there instead, and which of its entries it is about. */
export interface OrderProblem {
  readonly expected?: string | bigint;
  readonly found?: string | bigint;
  readonly transactionId?: string;
}

/** What an order by itself must be: gives what is wrong, or nothing. */
export type OrderRule = (order: Order) => OrderProblem | undefined;
