import { inventoryService } from '@cnop/inventory-service';
import { startService } from '@cnop/middleware/service';

// Names every variable that is missing or wrong; serves until it is stopped.
const { url, stop } = await startService(inventoryService, process.env);

process.stdout.write(`Assets at ${url}/v1/assets, described at ${url}/docs\n`);
process.once('SIGTERM', () => void stop());
