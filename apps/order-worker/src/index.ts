export { readAssetIds, readPrices } from './asset-prices.ts';
export { openOrderWorker, type OpenOrderWorkerOptions, type OrderWorker, type WorkerLog } from './open-order-worker.ts';
export { workerSettings, workerShapes, type WorkerSettings } from './settings.ts';
export { createSignals, type SignalsOptions } from './signals.ts';
export { startOrderWorker, workerName } from './start-order-worker.ts';
export { workerChecks, type WorkerChecksOptions } from './worker-checks.ts';
export { createWorker, type Worker, type WorkerOptions, type WorkerProblem, type WorkerStatus } from './worker.ts';
