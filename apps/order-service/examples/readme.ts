import { startService } from '@cnop/middleware/service';
import { orderService } from '@cnop/order-service';

// Names every variable that is missing or wrong; serves until it is stopped.
const { url, stop } = await startService(orderService, process.env);

process.stdout.write(`Orders at ${url}/v1/orders, described at ${url}/docs\n`);
process.once('SIGTERM', () => void stop());
