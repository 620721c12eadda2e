import { deepEqual, equal, ok } from 'node:assert/strict';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getOrderDao } from '@cnop/dao-order';
import type { Database } from '@cnop/database-core';
import { createAccountQueue, createOrderFlow } from '@cnop/flow-order';
import { checkLedger } from '@cnop/ledger-audit';
import { runParallel } from '@cnop/testing';
import { consumedUnits } from './consumed-units.ts';
import { addTrader } from './market.ts';

/** What a scenario works on. An emulator reports no capacity as AWS does, and never a conflict: neither is checked there. */
export interface Stage {
  readonly database: Database;
  readonly isEmulator: boolean;
}

const buy = { orderType: 'MARKET_BUY', assetId: 'GOLD', quantity: '1' } as const;
const sell = { ...buy, orderType: 'MARKET_SELL' } as const;

/** What must hold on the real service, in this order. Each throws when it does not hold; what it returns is printed. */
export const scenarios: Readonly<Record<string, (stage: Stage) => Promise<string>>> = {
  'buys, sells and refunds, each in one transaction': async ({ database }) => {
    const flow = createOrderFlow({ database });
    await addTrader(database, 'trader', 100_000n);
    const place = (order: typeof buy | typeof sell, clientOrderId: string) =>
      flow.placeOrder({ owner: 'trader', order: { ...order, clientOrderId } });
    const bought = await place(buy, 'b');
    const again = await place(buy, 'b');
    await place(buy, 'c');
    await place(sell, 's');
    const { orderId } = bought.order;
    await flow.refundOrder({ orderId });
    const refunded = await flow.refundOrder({ orderId });

    deepEqual([again.replayed, again.order.orderId, refunded.replayed], [true, orderId, true]);
    equal((await getBalanceDao(database).getBalance('trader', 'USD')).availableMinor, 100_000n);
    return 'cash is what it was';
  },

  'costs 8 write units for a market order, and those of its indexes': async ({ database, isEmulator }) => {
    const flow = createOrderFlow({ database });
    const place = () => flow.placeOrder({ owner: 'payer', order: buy });
    await addTrader(database, 'payer', 100_000n);
    await place();
    const { table, indexes, requests } = await consumedUnits(database, place);

    equal(requests, 1);
    if (isEmulator) return 'one request; capacity is not checked on an emulator';
    equal(table, 8);
    return `${table} units, ${indexes} in indexes`;
  },

  'lets 64 orders at once spend what covers 20 of them': async ({ database, isEmulator }) => {
    const flow = createOrderFlow({ database });
    await addTrader(database, 'crowd', 200_000n);
    const { answers, codes } = await runParallel(64, () => flow.placeOrder({ owner: 'crowd', order: buy }));
    const placed = answers.length;

    ok(
      codes.every((code) => ['BALANCE_INSUFFICIENT', 'CONTENTION'].includes(code)),
      codes.join(),
    );
    const { availableMinor } = await getBalanceDao(database).getBalance('crowd', 'USD');
    equal(availableMinor, 200_000n - BigInt(placed) * 10_000n);
    if (isEmulator) equal(placed, 20);
    return `${placed} placed, ${codes.filter((code) => code === 'CONTENTION').length} given up for conflicts`;
  },

  'places all of 64 orders at once that wait for their turn': async ({ database }) => {
    const flow = createOrderFlow({ database, accountQueue: createAccountQueue() });
    await addTrader(database, 'queue', 10_000_000n);
    const { codes } = await runParallel(64, () => flow.placeOrder({ owner: 'queue', order: buy }));

    deepEqual(codes, []);
    return '64 placed';
  },

  'pages through a user’s orders once the index has followed': async ({ database }) => {
    const list = (query: object) => getOrderDao(database).getOrdersByUser({ owner: 'queue', ...query });
    const started = performance.now();
    for (let found = 0; found < 64;) {
      found = (await list({ limit: 100 })).items.length;
      ok(performance.now() - started < 60_000, `the index showed only ${found} orders after a minute`);
    }
    const first = await list({ limit: 40 });
    const second = await list({ limit: 40, cursor: first.nextCursor });

    equal(new Set([...first.items, ...second.items].map(({ orderId }) => orderId)).size, 64);
    equal(second.nextCursor, undefined);
    return 'two pages, each order once';
  },

  'leaves a sound ledger': async ({ database }) => {
    equal((await checkLedger(database)).brokenCount, 0);
    return '0 broken invariants';
  },
};
