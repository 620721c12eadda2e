import { startOrderService } from '@cnop/order-service';

// Names the first setting that is missing or wrong; serves until it is stopped.
const { url, stop } = await startOrderService(process.env);

process.stdout.write(`Orders at ${url}/v1/orders, described at ${url}/docs\n`);
process.once('SIGTERM', () => void stop());
