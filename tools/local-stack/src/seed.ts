import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getAssetDao } from '@cnop/dao-inventory';
import { getUserDao } from '@cnop/dao-user';
import { ensureTables, type Database } from '@cnop/database-core';
import { lastCloses, listStocks } from '@cnop/demo';
import { inventoryErrors } from '@cnop/entities-inventory';
import { ensureFirstUsers, type FirstUser } from '@cnop/user-service';
import { stackShapes } from './create-stack-service.ts';

/** Creates the tables, lists the sample stocks at their last close and registers the first users; once, however often it runs. */
export async function seed(database: Database, firstUsers: readonly FirstUser[]): Promise<void> {
  await ensureTables(database, stackShapes);
  await listStocks(getAssetDao(database));
  await refreshPrices(database);
  await ensureFirstUsers(getUserDao(database), firstUsers);
}

/**
 * Sets the last close of every sample stock again, as of now, so that it can be traded on; where a newer price is set, that stays.
 *
 * @throws AggregateError when some could not be set; the others are.
 */
export async function refreshPrices(database: Database): Promise<void> {
  const assets = getAssetDao(database);
  const asOf = database.clock.now().toISOString();

  const results = await Promise.allSettled(
    Object.entries(lastCloses()).map(([assetId, price]) =>
      assets.setPrice({ assetId, price, asOf, source: 'sample-market' }),
    ),
  );
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  const others = failures.filter((failure) => !isPricedAlready(failure));
  if (others.length > 0)
    throw new AggregateError(others, `${others.length} prices could not be set: ${String(others[0])}`);
}

const isPricedAlready = (failure: unknown): boolean =>
  inventoryErrors.PriceOutdatedError.is(failure) || inventoryErrors.PriceExistsError.is(failure);

/**
 * The administrator, the price feed and the venue of a stack, with new passwords, or with those in `stack-users.json` beside the data, so that
 * they match the stored users. Only their owner may read that file.
 */
export async function firstUsersOf(dataDir: string | undefined): Promise<FirstUser[]> {
  const users = (['admin', 'price-feed', 'venue'] as const).map((role) => ({
    username: role,
    password: randomBytes(15).toString('base64url'),
    email: `${role}@example.com`,
    role,
  }));
  if (dataDir === undefined) return users;
  const file = join(dataDir, 'stack-users.json');

  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, JSON.stringify(users, undefined, 2), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return JSON.parse(await readFile(file, 'utf8')) as FirstUser[];
}
