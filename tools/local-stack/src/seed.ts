import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getAssetDao } from '@cnop/dao-inventory';
import { getUserDao } from '@cnop/dao-user';
import { ensureTables, type Database } from '@cnop/database-core';
import { lastCloses, listStocks } from '@cnop/demo';
import { inventoryErrors, type Asset } from '@cnop/entities-inventory';
import { ensureFirstUsers, type FirstUser } from '@cnop/user-service';
import { formatDecimal } from '@cnop/utils';
import { stackShapes } from './create-stack-service.ts';

/** Creates the tables, lists the sample stocks at their last close and registers the first users; once, however often it runs. */
export async function seed(database: Database, firstUsers: readonly FirstUser[]): Promise<void> {
  await ensureTables(database, stackShapes);
  await listStocks(getAssetDao(database));
  await refreshPrices(database);
  await ensureFirstUsers(getUserDao(database), firstUsers);
}

/**
 * Sets the price of every sample stock again, as of now, so that it can be traded on: the one it has, whoever set it, and at first its
 * last close. What may be a misprint is not repeated, as that would confirm it. Where a newer price is set, that stays.
 *
 * @throws AggregateError when some could not be set; the others are.
 */
export async function refreshPrices(database: Database): Promise<void> {
  const assets = getAssetDao(database);
  const asOf = database.clock.now().toISOString();
  const closes = lastCloses();
  const { found } = await assets.getAssetsByIds(Object.keys(closes));

  const results = await Promise.allSettled(
    Object.entries(closes).map(([assetId, close]) => {
      const asset = found.find((listed) => listed.assetId === assetId);
      return assets.setPrice({ assetId, price: priceOf(asset) ?? close, asOf, source: 'sample-market' });
    }),
  );
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  const others = failures.filter((failure) => !isPricedAlready(failure));
  if (others.length > 0)
    throw new AggregateError(others, `${others.length} prices could not be set: ${String(others[0])}`);
}

function priceOf(asset: Asset | undefined): string | undefined {
  const minor = asset?.outOfBand ? asset.executablePriceMinor : asset?.priceMinor;

  return asset && minor !== undefined ? formatDecimal(minor, asset.priceScale) : undefined;
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
