import { readTransaction } from '@cnop/database-core';
import { balanceKey } from '@cnop/entities-ledger/table';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { formatDecimal } from '@cnop/utils';
import { market, accountName } from '../market.ts';
import type { ReadOperation } from '../operation.ts';

/** Looks at all balances at one instant: none may be negative. */
export const snapshot = (accounts: number): ReadOperation => ({
  call: async ({ database }) => {
    const tableName = database.tableName(ledgerTableShape.name);
    const names = Array.from({ length: accounts }, (_, account) => accountName(account));
    const keys = names.flatMap((name) => [balanceKey(name, market.currency), balanceKey(name, market.assetId)]);
    const items = await readTransaction(
      database,
      keys.map((key) => ({ tableName, key: { ...key } })),
    );
    const negative = items.find(
      (item) => item && (isNegative(item['availableMinor']) || isNegative(item['heldMinor'])),
    );

    return negative && `A snapshot shows a negative balance: ${String(negative['pk'])} ${String(negative['sk'])}`;
  },
});

const isNegative = (amount: unknown): boolean => BigInt((amount ?? 0) as number) < 0n;

/** Lists a user's orders from an index that lags: newest first, each once, and nobody else's. */
export const listOrders = ({ account }: { readonly account: number }): ReadOperation => ({
  call: async ({ orders }) => {
    const owner = accountName(account);
    const { items } = await orders.getOrdersByUser({ owner, limit: 100 });
    const times = items.map(({ createdAt }) => createdAt);
    const isSound =
      items.every((order) => order.owner === owner) &&
      new Set(items.map(({ orderId }) => orderId)).size === items.length &&
      times.join() === times.toSorted().reverse().join();

    return isSound ? undefined : `The list of ${owner}'s orders is out of order, repeats one or shows another user's`;
  },
});

/** Changes the price; an older one that comes later is refused, as it should be. */
export const setPrice = ({ priceMinor }: { readonly priceMinor: number }): ReadOperation => ({
  call: async ({ assets }) => {
    await assets.setPrice({
      assetId: market.assetId,
      price: formatDecimal(BigInt(priceMinor), market.priceScale),
      asOf: assets.clock.now().toISOString(),
      source: 'simulation',
    });
    return undefined;
  },
});
