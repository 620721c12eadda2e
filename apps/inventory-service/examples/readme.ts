import { startInventoryService } from '@cnop/inventory-service';

// Names the first setting that is missing or wrong; serves until it is stopped.
const { url, stop } = await startInventoryService(process.env);

process.stdout.write(`Assets at ${url}/v1/assets, described at ${url}/docs\n`);
process.once('SIGTERM', () => void stop());
