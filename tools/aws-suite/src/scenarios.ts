import { deepEqual, equal, ok } from 'node:assert/strict';
import { getOrderDao } from '@cnop/dao-order';
import { getBalanceDao } from '@cnop/dao-ledger';
import { isDomainError } from '@cnop/exceptions';
import { createAccountQueue, createOrderFlow } from '@cnop/flow-order';
import { checkLedger } from '@cnop/ledger-audit';
import { consumedUnits } from './consumed-units.ts';
import { addTrader } from './open-market.ts';
import type { Scenario } from './scenario.ts';

const buy = { orderType: 'MARKET_BUY', assetId: 'GOLD', quantity: '1' } as const;
const sell = { ...buy, orderType: 'MARKET_SELL' } as const;

/** Everything that is played, in this order. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'buys, sells and refunds, each in one transaction',
    play: async ({ database }) => {
      const flow = createOrderFlow({ database });
      await addTrader(database, 'trader', 100_000n);
      const bought = await flow.placeOrder({ owner: 'trader', order: { ...buy, clientOrderId: 'b' } });
      const again = await flow.placeOrder({ owner: 'trader', order: { ...buy, clientOrderId: 'b' } });
      await flow.placeOrder({ owner: 'trader', order: { ...buy, clientOrderId: 'c' } });
      await flow.placeOrder({ owner: 'trader', order: { ...sell, clientOrderId: 's' } });
      const { orderId } = bought.order;
      await flow.refundOrder({ orderId });
      const refunded = await flow.refundOrder({ orderId });

      deepEqual([again.replayed, again.order.orderId, refunded.replayed], [true, orderId, true]);
      const { availableMinor } = await getBalanceDao(database).getBalance('trader', 'USD');
      equal(availableMinor, 100_000n);
      return 'cash is what it was';
    },
  },
  {
    name: 'costs 8 write units for a market order, and those of its indexes',
    play: async ({ database, isEmulator }) => {
      const flow = createOrderFlow({ database });
      await addTrader(database, 'payer', 100_000n);
      await flow.placeOrder({ owner: 'payer', order: buy });
      const { table, indexes, requests } = await consumedUnits(database, () =>
        flow.placeOrder({ owner: 'payer', order: buy }),
      );

      equal(requests, 1);
      if (isEmulator) return 'one request; capacity is not looked at on an emulator';
      equal(table, 8);
      return `${table} units, ${indexes} in indexes`;
    },
  },
  {
    name: 'lets 64 orders at once spend what covers 20 of them',
    play: async ({ database, isEmulator }) => {
      const flow = createOrderFlow({ database });
      await addTrader(database, 'crowd', 200_000n);
      const codes = await codesOf(64, () => flow.placeOrder({ owner: 'crowd', order: buy }));
      const placed = codes.filter((code) => code === 'placed').length;
      const { availableMinor } = await getBalanceDao(database).getBalance('crowd', 'USD');

      ok(
        codes.every((code) => ['placed', 'BALANCE_INSUFFICIENT', 'CONTENTION'].includes(code)),
        codes.join(),
      );
      equal(availableMinor, 200_000n - BigInt(placed) * 10_000n);
      if (isEmulator) equal(placed, 20);
      return `${placed} placed, ${codes.filter((code) => code === 'CONTENTION').length} given up for conflicts`;
    },
  },
  {
    name: 'places all of 64 orders at once that wait for their turn',
    play: async ({ database }) => {
      const flow = createOrderFlow({ database, accountQueue: createAccountQueue() });
      await addTrader(database, 'queue', 10_000_000n);
      const codes = await codesOf(64, () => flow.placeOrder({ owner: 'queue', order: buy }));

      deepEqual(new Set(codes), new Set(['placed']));
      return '64 placed';
    },
  },
  {
    name: 'pages through a user’s orders once the index has followed',
    play: async ({ database }) => {
      const orders = getOrderDao(database);
      const started = performance.now();
      for (let found = 0; found < 64;) {
        const page = await orders.getOrdersByUser({ owner: 'queue', limit: 100 });
        found = page.items.length;
        ok(performance.now() - started < 60_000, `the index showed only ${found} orders after a minute`);
      }
      const first = await orders.getOrdersByUser({ owner: 'queue', limit: 40 });
      const second = await orders.getOrdersByUser({ owner: 'queue', limit: 40, cursor: first.nextCursor });

      equal(new Set([...first.items, ...second.items].map(({ orderId }) => orderId)).size, 64);
      equal(second.nextCursor, undefined);
      return 'two pages, each order once';
    },
  },
  {
    name: 'leaves a sound ledger',
    play: async ({ database }) => {
      const { brokenCount } = await checkLedger(database);

      equal(brokenCount, 0);
      return '0 broken invariants';
    },
  },
];

/** What became of so many calls at once, in a word each. @throws what is no refusal. */
async function codesOf(count: number, call: () => Promise<unknown>): Promise<string[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => {
      try {
        await call();
        return 'placed';
      } catch (error) {
        if (!isDomainError(error)) throw error;
        return error.code;
      }
    }),
  );
}
