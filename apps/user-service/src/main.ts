import { runUntilSignal } from '@cnop/middleware';
import { startUserService } from './start-user-service.ts';

await runUntilSignal('user-service', () => startUserService(process.env));
