import { AssetDao } from '@cnop/dao-inventory';
import { runWorker, type WorkerStart } from '../../src/killed/worker.ts';

/** A worker that overlooks all prices. */
runWorker(JSON.parse(process.argv[2] ?? '') as WorkerStart, () => {
  AssetDao.prototype.ticks = async function* () {
    yield* [];
  };
});
