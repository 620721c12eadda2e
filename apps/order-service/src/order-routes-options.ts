import type { OrderDao } from '@cnop/dao-order';
import type { OrderFlow } from '@cnop/flow-order';
import type { Metrics } from '@cnop/middleware';

/** What the routes of orders work with. */
export interface OrderRoutesOptions {
  readonly flow: OrderFlow;
  readonly orders: OrderDao;
  readonly metrics: Pick<Metrics, 'actionTimer'>;
}
