import { runUntilSignal } from '@cnop/middleware';
import { startOrderService } from './start-order-service.ts';

await runUntilSignal('order-service', () => startOrderService(process.env));
