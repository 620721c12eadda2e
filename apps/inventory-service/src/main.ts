import { runUntilSignal } from '@cnop/middleware';
import { startInventoryService } from './start-inventory-service.ts';

await runUntilSignal('inventory-service', () => startInventoryService(process.env));
