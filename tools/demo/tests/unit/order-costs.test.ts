import type { MeteredRequest } from '@cnop/database-core';
import { orderKey } from '@cnop/entities-order/table';
import { balanceKey, transactionKey } from '@cnop/entities-ledger/table';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { orderCosts } from '../../src/order-costs.ts';

const balances = [makeBalance({ owner: 'ada', code: 'USD' }), makeBalance({ owner: 'ada', code: 'MSFT' })];
const updateOf = (code: string) => ({
  kind: 'Update' as const,
  tableName: 'ledger',
  key: { ...balanceKey('ada', code) },
});

/** The request of a market order; with `noteBytes` its order item is that much larger. */
function orderRequest(orderId: string, noteBytes = 0): MeteredRequest {
  const createdAt = '2026-01-05T09:30:00.000Z';
  const indexed = { owner: 'ada', createdAt, assetCreatedAt: `MSFT#${createdAt}`, statusCreatedAt: `X#${createdAt}` };
  const item = { ...orderKey(orderId), ...indexed, note: 'x'.repeat(noteBytes) };
  const entry = { ...transactionKey('ada', '01M81CSJWDN4RT1S40ENBHDPE8') };

  return {
    target: 'TransactWriteItems',
    items: 4,
    writes: [
      { kind: 'Put', tableName: 'orders', item },
      { kind: 'Put', tableName: 'ledger', item: entry },
      updateOf('USD'),
      updateOf('MSFT'),
    ],
  };
}

const read: MeteredRequest = { target: 'GetItem', items: 1, writes: [] };
const deposit: MeteredRequest = { target: 'TransactWriteItems', items: 1, writes: [updateOf('USD')] };
const [first, second] = [orderRequest('o-1'), orderRequest('o-2')];
const costsOf = (requests: readonly MeteredRequest[], executed: readonly string[], calls: number) =>
  orderCosts({ requests, executed, calls, balances });

describe(orderCosts, () => {
  it('counts the items, the units of the tables and those of the three indexes', () => {
    const costs = { orders: 2, requestsPerCall: 1, itemsPerOrder: 4, tableUnitsPerOrder: 8, indexUnitsPerOrder: 3 };

    expect(costsOf([read, deposit, first, second], ['o-1', 'o-2'], 2)).toEqual(costs);
  });

  it('is the mean over orders of different sizes', () => {
    expect(costsOf([first, orderRequest('o-2', 1_024)], ['o-1', 'o-2'], 2)).toMatchObject({
      tableUnitsPerOrder: 9,
      indexUnitsPerOrder: 4.5,
    });
  });

  it('counts a repeat as a call of its own, and a retry as a second request of one call', () => {
    expect(costsOf([first, first], ['o-1'], 2)).toMatchObject({ requestsPerCall: 1, tableUnitsPerOrder: 8 });
    expect(costsOf([first, first], ['o-1'], 1)).toMatchObject({ requestsPerCall: 2 });
  });

  it('leaves out orders that were refused, and is zero when none was executed', () => {
    expect(costsOf([first, second], ['o-1'], 1)).toMatchObject({ orders: 1, requestsPerCall: 1 });
    expect(costsOf([read], [], 0)).toMatchObject({ orders: 0, requestsPerCall: 0, tableUnitsPerOrder: 0 });
  });

  it('fails on an update of an item that is no balance', () => {
    expect(() => orderCosts({ requests: [first], executed: ['o-1'], calls: 1, balances: [] })).toThrow(/no balance/);
  });
});
