import { readItem } from '@cnop/database-core';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromWorkerLeaseItem, workerLeaseKey } from '@cnop/entities-order/table';
import { factFrom, type FactReader } from '../facts.ts';
import { rows, type MatrixRow } from '../row.ts';
import type { World } from '../world.ts';

const [earlier, later] = ['2026-01-05T09:30:00.000Z', '2026-01-05T09:30:01.000Z'];
const rungs = [{ anchor: earlier, markMinor: 100n }];

const checkpointFact = ({ assetId }: World, asOf: string) =>
  factFrom(`checkpoint of ${assetId}`, ['checkpoint', asOf, `${rungs.length} rungs`]);
const save = (asOf: string) => async (world: World) => {
  const outcome = await world.triggers.saveCheckpoint(world.assetId, { asOf, high: rungs, low: rungs });
  return { fact: checkpointFact(world, asOf), replayed: outcome === 'behind' };
};
const checkpointFacts: FactReader = async (world) => {
  const found = await world.triggers.loadCheckpoint(world.assetId);
  return found ? [checkpointFact(world, found.asOf)] : [];
};

const leaseFact = ({ assetId }: World, holder: string) => factFrom(`lease of ${assetId}`, ['lease', holder]);
const claim = (holder: string) => async (world: World) => {
  const isOurs = await world.triggers.claimLease(world.assetId, holder, { ttlMs: 10_000 });
  return { fact: leaseFact(world, isOurs ? holder : 'another') };
};
const leaseFacts: FactReader = async (world) => {
  const tableName = world.database.tableName(ordersTableShape.name);
  const item = await readItem(world.database, { tableName, key: workerLeaseKey(world.assetId) });
  return item ? [leaseFact(world, fromWorkerLeaseItem(item).holder)] : [];
};

/** The hour is one for all worlds and only goes forward: each world saves a later one than those before it, a thousand years ahead. */
const hourOf = ({ username }: World) =>
  new Date(Date.UTC(3000, 0) + Number(username.slice(1)) * 3_600_000).toISOString().slice(0, 'yyyy-mm-ddThh'.length);
const hourFact = (world: World) => factFrom(`hour of ${world.username}`, ['hour is reached']);
const saveHour = async (world: World) => {
  const outcome = await world.triggers.saveExpiryHour(hourOf(world));
  return { fact: hourFact(world), replayed: outcome === 'behind' };
};
const hourFacts: FactReader = async (world) => {
  const hour = await world.triggers.loadExpiryHour();
  return hour !== undefined && hour >= hourOf(world) ? [hourFact(world)] : [];
};

/** What workers save of how far they have come. */
export const triggerStateRows: readonly MatrixRow[] = rows({
  'first checkpoint': { reads: [checkpointFacts], call: save(earlier), effect: [`+ checkpoint ${earlier} 1 rungs`] },
  'checkpoint after another': {
    reads: [checkpointFacts],
    before: save(earlier),
    call: save(later),
    effect: [`~ checkpoint ${later} 1 rungs`],
  },
  'hour of expiries': { reads: [hourFacts], call: saveHour, effect: ['+ hour is reached'] },
  'lease of an asset': { reads: [leaseFacts], call: claim('worker-1'), effect: ['+ lease worker-1'] },
});
