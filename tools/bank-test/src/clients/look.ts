import { readTransaction, type Database } from '@cnop/database-core';
import { ledgerErrors } from '@cnop/entities-ledger';
import { balanceKey } from '@cnop/entities-ledger/table';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { market, type ReadOperation, type Services } from '@cnop/simulation';
import type { Amounts } from '../history/amounts.ts';
import type { Sighting } from './round-world.ts';

/** What a snapshot shows of one account. */
export interface AccountSnapshot extends Amounts {
  readonly owner: string;
  /** What it shows that is below zero; it never should. */
  readonly problem?: string | undefined;
}

/** Accounts as they stood at one instant, by TransactGetItems. */
export async function readSnapshot(database: Database, owners: readonly string[]): Promise<AccountSnapshot[]> {
  const tableName = database.tableName(ledgerTableShape.name);
  const codes = [market.currency, market.assetId];
  const keys = owners.flatMap((owner) => codes.map((code) => ({ ...balanceKey(owner, code) })));
  const items = await readTransaction(
    database,
    keys.map((key) => ({ tableName, key })),
  );

  return owners.map((owner, at) => {
    const [cash, asset] = items.slice(2 * at, 2 * at + 2);
    const amountOf = (item: typeof cash, part: string) => BigInt((item?.[part] ?? 0) as number | bigint);
    const amounts = [cash, asset].flatMap((item) => [amountOf(item, 'availableMinor'), amountOf(item, 'heldMinor')]);
    const problem = amounts.some((amount) => amount < 0n) ? `${owner} has ${amounts.join(', ')}` : undefined;

    return { owner, cash: amounts[0] ?? 0n, asset: amounts[2] ?? 0n, problem };
  });
}

/** What each snapshot of a moment says of its account. */
export const sightingsOf = (
  snapshots: readonly AccountSnapshot[],
  time: Pick<Sighting, 'invokedAt' | 'returnedAt'>,
): Sighting[] =>
  snapshots.map(({ owner, cash, asset }) => ({
    owner,
    ...time,
    event: { kind: 'reading', name: 'snapshot', seen: { cash, asset } },
  }));

/** A look with what it last showed. */
export interface Look {
  readonly operation: ReadOperation;
  readonly seen: () => Partial<Amounts> | undefined;
}

/** Looks at both balances of an account at one instant. */
export function lookAtAccount(owner: string): Look {
  let seen: AccountSnapshot | undefined;

  return {
    operation: {
      call: async ({ database }) => {
        [seen] = await readSnapshot(database, [owner]);
        return seen?.problem;
      },
    },
    seen: () => seen && { cash: seen.cash, asset: seen.asset },
  };
}

/** Looks at one balance of an account, strongly consistent. */
export function lookAtCash(owner: string): Look {
  let cash: bigint | undefined;

  return {
    operation: {
      call: async (services) => {
        cash = await cashOf(services, owner);
        return cash < 0n ? `${owner} has ${cash}` : undefined;
      },
    },
    seen: () => (cash === undefined ? undefined : { cash }),
  };
}

async function cashOf({ balances }: Services, owner: string): Promise<bigint> {
  try {
    return (await balances.getBalance(owner, market.currency)).availableMinor;
  } catch (error) {
    if (ledgerErrors.BalanceNotFoundError.is(error)) return 0n;
    throw error;
  }
}
