import { runUntilSignal } from '@cnop/middleware';
import { startService } from '@cnop/middleware/service';
import { userService } from './user-service.ts';

await runUntilSignal(userService.name, () => startService(userService, process.env));
