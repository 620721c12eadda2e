// A process that says that it runs, and stops at a signal.
import { runUntilSignal } from '@cnop/middleware';

await runUntilSignal('signalled-main', async () => {
  const alive = setInterval(() => undefined, 60_000);
  process.stdout.write('up\n');
  return { stop: async () => clearInterval(alive) };
});
