import { runUntilSignal } from './run-until-signal.ts';
import { startOrderService } from './start-order-service.ts';

await runUntilSignal('order-service', () => startOrderService(process.env));
