import { AssetDao } from '@cnop/dao-inventory';
import { getTriggerStateDao } from '@cnop/dao-order';
import { runWorker, type WorkerStart } from '../../src/killed/worker.ts';

/** A worker that saves its checkpoint before the work up to it. */
runWorker(JSON.parse(process.argv[2] ?? '') as WorkerStart, (database) => {
  const triggers = getTriggerStateDao(database);
  const read = AssetDao.prototype.ticks;

  AssetDao.prototype.ticks = async function* (query) {
    const { assetId, upTo } = query;
    if (upTo !== undefined) await triggers.saveCheckpoint(assetId, { asOf: upTo, high: [], low: [] });
    yield* read.call(this, query);
  };
});
