import type { OrderDao } from '@cnop/dao-order';
import type { OrderFlow } from '@cnop/flow-order';
import type { Metrics } from '@cnop/middleware';
import type { OrderEvents } from './events/order-events.ts';

/** What the routes of orders work with. */
export interface OrderRoutesOptions {
  readonly flow: OrderFlow;
  readonly orders: OrderDao;
  readonly metrics: Pick<Metrics, 'actionTimer'>;
  /** Tells of changes as they happen. Without it the stream of them is 501. */
  readonly events?: OrderEvents | undefined;
}
