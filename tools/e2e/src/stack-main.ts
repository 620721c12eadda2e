// The local stack in a process of its own, for the end-to-end suite: its log is on standard output, and it tells its parent where it
// serves. An unhandled rejection ends it, like every process of Node.
import { startStack, type StackTables } from '@cnop/local-stack';
import { runUntilSignal } from '@cnop/middleware';

/** What the parent passes as the only argument. */
export interface StackInput {
  readonly tables: StackTables;
  readonly keys: { readonly keys: Record<string, unknown>[] };
}

const { tables, keys } = JSON.parse(process.argv[2] ?? '') as StackInput;
const rate = { max: 1_000_000, windowMs: 60_000 };

await runUntilSignal('e2e-stack', async () => {
  // However busy the machine: the suite sees what it asks for, not that the process cannot keep up.
  const loadShedding = { maxEventLoopDelayMs: Infinity };
  const settings = { port: 0, rateLimits: { address: rate, user: rate }, loadShedding };
  const logging = { name: 'e2e-stack', level: 'debug' };
  const stack = await startStack(settings, { tables, keys, logging, log: () => undefined });

  process.send?.({ url: stack.url, users: stack.users });
  return stack;
});
if (process.connected) process.disconnect();
