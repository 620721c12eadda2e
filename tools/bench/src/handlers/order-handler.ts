import { createDatabase } from '@cnop/database-core';
import { orderCreateSchema } from '@cnop/entities-order';
import { createOrderFlow, type OrderResult } from '@cnop/flow-order';
import { parseInput } from '@cnop/validation';

const flow = createOrderFlow({
  database: createDatabase({
    region: 'eu-west-1',
    tables: { ledger: 'ledger', orders: 'orders', inventory: 'inventory' },
  }),
});

/** A function that executes orders, with nothing but the libraries: wired as it is loaded. */
export const handler = ({ owner, body }: { readonly owner: string; readonly body: string }): Promise<OrderResult> =>
  flow.placeOrder({ owner, order: parseInput(orderCreateSchema, JSON.parse(body)) });
