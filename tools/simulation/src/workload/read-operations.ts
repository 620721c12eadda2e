import { balanceKey } from '@cnop/entities-ledger/table';
import { readTransaction } from '@cnop/database-core';
import { ledgerErrors } from '@cnop/entities-ledger';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { formatDecimal } from '@cnop/utils';
import { market, ownerOfAccount, ownersOf, type World } from './market.ts';
import type { ReadOperation } from './operation.ts';
import type { Step } from './plan.ts';

/** Changes the price; an older one that comes later is refused, as it should be. */
export const setPrice = ({ amount }: Step, { prices }: World): ReadOperation => ({
  call: async ({ assets }) => {
    const priceMinor = BigInt(1 + (amount % 1_000));
    prices.push(priceMinor);
    await assets.setPrice(priceNow(priceMinor, assets.clock.now()));
    return { seen: [] };
  },
});

/** The price of the asset at a time. */
export const priceNow = (priceMinor: bigint, at: Date) => ({
  assetId: market.assetId,
  price: formatDecimal(priceMinor, market.priceScale),
  asOf: at.toISOString(),
  source: 'simulation',
});

/** Reads all balances at one instant: none may be negative. */
export const snapshot = (_: Step, { accounts }: World): ReadOperation => ({
  call: async ({ database }) => {
    const tableName = database.tableName(ledgerTableShape.name);
    const owners = ownersOf(accounts);
    const codes = [market.currency, market.assetId];
    const keys = owners.flatMap((owner) => codes.map((code) => ({ tableName, key: { ...balanceKey(owner, code) } })));
    const items = await readTransaction(database, keys);
    const amount = (at: number, part: string) => BigInt((items[at]?.[part] ?? 0) as number | bigint);
    const held = items.findIndex((_, at) => amount(at, 'heldMinor') < 0n);

    return {
      seen: owners.map((owner, at) => ({
        owner,
        amounts: { cash: amount(2 * at, 'availableMinor'), asset: amount(2 * at + 1, 'availableMinor') },
      })),
      problem: held === -1 ? undefined : `less than nothing is held: ${JSON.stringify(keys[held]?.key)}`,
    };
  },
});

/** Reads one balance of an account, strongly consistent. */
export const lookAtBalance = ({ account }: Step): ReadOperation => ({
  call: async ({ balances }) => {
    const owner = ownerOfAccount(account);
    const found = await balances.getBalance(owner, market.currency).catch((error: unknown) => {
      if (ledgerErrors.BalanceNotFoundError.is(error)) return { availableMinor: 0n };
      throw error;
    });

    return { seen: [{ owner, amounts: { cash: found.availableMinor } }] };
  },
});

/** Lists a user's orders from an index that lags: newest first, each once, and nobody else's. */
export const listOrders = ({ account }: Step): ReadOperation => ({
  call: async ({ orders }) => {
    const owner = ownerOfAccount(account);
    const { items } = await orders.getOrdersByUser({ owner, limit: 100 });
    const times = items.map(({ createdAt }) => createdAt);
    const isSound =
      items.every((order) => order.owner === owner) &&
      new Set(items.map(({ orderId }) => orderId)).size === items.length &&
      times.join() === times.toSorted().reverse().join();

    return {
      seen: [],
      problem: isSound ? undefined : `the orders of ${owner} are out of order, repeated or another owner's`,
    };
  },
});
