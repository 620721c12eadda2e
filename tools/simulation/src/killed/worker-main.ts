import { runWorker, type WorkerStart } from './worker.ts';

runWorker(JSON.parse(process.argv[2] ?? '') as WorkerStart);
