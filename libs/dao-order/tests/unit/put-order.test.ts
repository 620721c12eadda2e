import { createDatabase } from '@cnop/database-core';
import { orderItemSchema, type OrderItem } from '@cnop/entities-order/table';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import fc from 'fast-check';
import { absent, openOrdersTable } from '../../src/orders-table.ts';
import { damagedItemArbitrary, itemArbitrary } from '../support/item-arbitrary.ts';

const { order, putOrder } = openOrdersTable(createDatabase({ region: 'us-east-1', tables: { orders: 'orders' } }));

function putByToolbox(item: OrderItem) {
  const { Put } = order.build(PutTransaction).item(item).options({ condition: absent }).params();

  return { Put };
}

/** What comes of it: the request, or that there is none. */
function outcomeOf(put: (item: OrderItem) => unknown, item: object): unknown {
  try {
    return put(item as OrderItem);
  } catch {
    return 'refused';
  }
}

describe('the compiled put of an order', () => {
  it('is the request that the toolbox builds', () => {
    fc.assert(
      fc.property(itemArbitrary(orderItemSchema), (item) => {
        expect(putOrder(item as OrderItem)).toStrictEqual(putByToolbox(item as OrderItem));
      }),
    );
  });

  it('refuses what the toolbox refuses, and nothing else', () => {
    fc.assert(
      fc.property(damagedItemArbitrary(orderItemSchema), (item) => {
        expect(outcomeOf(putOrder, item)).toStrictEqual(outcomeOf(putByToolbox, item));
      }),
      { numRuns: 500 },
    );
  });
});
