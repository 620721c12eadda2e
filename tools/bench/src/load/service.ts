// The stack under load, over the DynamoDB that its environment names. It ends by SIGTERM.
import { startStack, type StackTables } from '@cnop/local-stack';
import { runUntilSignal } from '@cnop/middleware';

const noLimit = { max: 1_000_000_000, windowMs: 60_000 };
const tables = JSON.parse(process.argv[2] ?? '') as StackTables;

await runUntilSignal('load', async () => {
  const stack = await startStack(
    { port: 0, rateLimits: { address: noLimit, user: noLimit } },
    { tables, logging: { name: 'load' }, log: () => undefined },
  );

  process.send?.(stack.url);
  return stack;
});
if (process.connected) process.disconnect();
