import type { MeteredRequest } from '@cnop/database-core';
import { orderKey } from '@cnop/entities-order/table';
import { balanceKey, transactionKey } from '@cnop/entities-ledger/table';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { orderCosts } from '../../src/order-costs.ts';

const balances = [makeBalance({ owner: 'ada', code: 'USD' }), makeBalance({ owner: 'ada', code: 'MSFT' })];

/** The request of a market order; with `noteBytes` its order item is that much larger. */
const orderRequest = (orderId: string, noteBytes = 0): MeteredRequest => ({
  target: 'TransactWriteItems',
  items: 4,
  writes: [
    {
      kind: 'Put',
      tableName: 'orders',
      item: {
        ...orderKey(orderId),
        owner: 'ada',
        createdAt: '2026-01-05T09:30:00.000Z',
        assetCreatedAt: 'MSFT#2026-01-05T09:30:00.000Z',
        statusCreatedAt: 'COMPLETED#2026-01-05T09:30:00.000Z',
        note: 'x'.repeat(noteBytes),
      },
    },
    { kind: 'Put', tableName: 'ledger', item: { ...transactionKey('ada', '01M81CSJWDN4RT1S40ENBHDPE8') } },
    { kind: 'Update', tableName: 'ledger', key: { ...balanceKey('ada', 'USD') } },
    { kind: 'Update', tableName: 'ledger', key: { ...balanceKey('ada', 'MSFT') } },
  ],
});
const read: MeteredRequest = { target: 'GetItem', items: 1, writes: [] };
const deposit: MeteredRequest = {
  target: 'TransactWriteItems',
  items: 1,
  writes: [{ kind: 'Update', tableName: 'ledger', key: { ...balanceKey('ada', 'USD') } }],
};

describe(orderCosts, () => {
  it('counts the items, the units of the tables and those of the three indexes', () => {
    const requests = [read, deposit, orderRequest('o-1'), orderRequest('o-2')];

    expect(orderCosts({ requests, executed: ['o-1', 'o-2'], calls: 2, balances })).toEqual({
      orders: 2,
      requestsPerCall: 1,
      itemsPerOrder: 4,
      tableUnitsPerOrder: 8,
      indexUnitsPerOrder: 3,
    });
  });

  it('takes the mean over orders of different sizes', () => {
    const requests = [orderRequest('o-1'), orderRequest('o-2', 1_024)];

    expect(orderCosts({ requests, executed: ['o-1', 'o-2'], calls: 2, balances })).toMatchObject({
      tableUnitsPerOrder: 9,
      indexUnitsPerOrder: 4.5,
    });
  });

  it('counts a repeat as a call of its own, and a retry as a second request of one call', () => {
    const requests = [orderRequest('o-1'), orderRequest('o-1')];

    expect(orderCosts({ requests, executed: ['o-1'], calls: 2, balances })).toMatchObject({
      requestsPerCall: 1,
      tableUnitsPerOrder: 8,
    });
    expect(orderCosts({ requests, executed: ['o-1'], calls: 1, balances })).toMatchObject({ requestsPerCall: 2 });
  });

  it('leaves out orders that were refused', () => {
    const requests = [orderRequest('o-1'), orderRequest('o-2')];

    expect(orderCosts({ requests, executed: ['o-1'], calls: 1, balances })).toMatchObject({
      orders: 1,
      requestsPerCall: 1,
    });
  });

  it('is nothing when nothing was executed', () => {
    expect(orderCosts({ requests: [read], executed: [], calls: 0, balances })).toEqual({
      orders: 0,
      requestsPerCall: 0,
      itemsPerOrder: 0,
      tableUnitsPerOrder: 0,
      indexUnitsPerOrder: 0,
    });
  });

  it('fails on an update of what is no balance', () => {
    const requests = [orderRequest('o-1')];

    expect(() => orderCosts({ requests, executed: ['o-1'], calls: 1, balances: [] })).toThrow(/no balance/);
  });
});
