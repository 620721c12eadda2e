import { runUntilSignal } from '@cnop/middleware';
import { startService } from '@cnop/middleware/service';
import { orderService } from './order-service.ts';

await runUntilSignal(orderService.name, () => startService(orderService, process.env));
