import type { RawItem } from '@cnop/database-core';
import { assetKey, tickKey } from '@cnop/entities-inventory/table';
import type { AuditContext } from './audit-context.ts';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { mayHaveExpired } from './fill-findings.ts';
import { isStored, readAsset, readPair, readTick } from './reading.ts';
import { readNewestTick } from './tick-reading.ts';

/** Checks that the price of an asset is that of its newest tick; both are read at one instant. */
export async function checkNewestTick(context: AuditContext, inventoryTable: string, assetId: string): Promise<void> {
  const raw = await readNewestTick(context, inventoryTable, { assetId });
  const newest = raw && readTick(raw);
  // An asset that has no price, or that was priced before there was a log.
  if (!isStored(newest)) return;

  const pair = await readWith(context, inventoryTable, { assetId, asOf: newest.value.asOf });
  if (!pair) return;
  const { priceAsOf, findings } = pair;
  if (priceAsOf === undefined || priceAsOf <= newest.value.asOf) context.log.report(...findings);
  else await checkTickOfPrice(context, inventoryTable, { assetId, asOf: priceAsOf });
}

interface TickPlace {
  readonly assetId: string;
  readonly asOf: string;
}

/** A price that is newer than the newest tick was accepted in the meantime, or its tick was lost. */
async function checkTickOfPrice(context: AuditContext, inventoryTable: string, place: TickPlace): Promise<void> {
  const pair = await readWith(context, inventoryTable, place);

  if (pair?.priceAsOf === place.asOf) context.log.report(...pair.findings);
}

/** An asset with one of its ticks, and what is wrong if that should be its newest. */
async function readWith(context: AuditContext, inventoryTable: string, { assetId, asOf }: TickPlace) {
  const pair = await readPair(context, [
    { tableName: inventoryTable, key: assetKey(assetId) },
    { tableName: inventoryTable, key: tickKey(assetId, asOf) },
  ]);
  const asset = pair?.[0] && readAsset(pair[0]);
  if (!pair || !isStored(asset)) return undefined;

  const { priceAsOf, priceMinor } = asset.value;
  const tick = pair[1] && readTick(pair[1]);
  const isLost = !tick && !mayHaveExpired(asOf, context.database.clock.now());
  const expected = isStored(tick) ? textOf(asOf, tick.value.priceMinor) : `a tick of ${asOf}`;
  const found = textOf(priceAsOf, priceMinor);
  const isWrong = isLost || (isStored(tick) && expected !== found);
  return { priceAsOf, findings: isWrong ? [finding(assetId, pair, { expected, found })] : [] };
}

const textOf = (asOf: string | undefined, priceMinor: bigint | undefined): string =>
  asOf === undefined ? 'no price' : `${String(priceMinor)} at ${asOf}`;

const finding = (
  code: string,
  items: readonly (RawItem | undefined)[],
  texts: { readonly expected: string; readonly found: string },
): BrokenInvariant => brokenInvariant('tick-not-newest', { code, items, ...texts });
