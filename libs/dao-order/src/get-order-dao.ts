import type { Database } from '@cnop/database-core';
import { OrderDao } from './order-dao.ts';

/** The OrderDao over a database, for injection. */
export const getOrderDao = (database: Database): OrderDao => new OrderDao({ database });
