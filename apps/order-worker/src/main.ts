import { runUntilSignal } from '@cnop/middleware';
import { startOrderWorker, workerName } from './start-order-worker.ts';

await runUntilSignal(workerName, () => startOrderWorker(process.env));
