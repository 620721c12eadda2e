import type { Order } from '@cnop/entities-order';

/** An order as it stands, and whether an earlier request had brought it there. */
export interface OrderResult {
  readonly order: Order;
  readonly replayed: boolean;
}
