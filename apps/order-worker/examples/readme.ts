import { startOrderWorker } from '@cnop/order-worker';

// Names every variable that is missing or wrong; works until it is stopped.
const { url, stop } = await startOrderWorker(process.env);

process.stdout.write(`Health at ${url}/health, metrics at ${url}/metrics\n`);
process.once('SIGTERM', () => void stop());
