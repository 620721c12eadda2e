import { runUntilSignal } from '@cnop/middleware';
import { startService } from '@cnop/middleware/service';
import { inventoryService } from './inventory-service.ts';

await runUntilSignal(inventoryService.name, () => startService(inventoryService, process.env));
