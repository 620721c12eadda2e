import { runUntilSignal } from '@cnop/order-service';
import { demoCash } from './seed.ts';
import { settingsFromEnv } from './settings.ts';
import { startStack } from './start-stack.ts';

const log = (line: string) => process.stdout.write(`${line}\n`);

await runUntilSignal('local-stack', async () => {
  const stack = await startStack(settingsFromEnv(process.env), log);
  log(`Serving GET /health and POST /orders at ${stack.url}; the user "demo" was given ${demoCash}. Stop with Ctrl-C.`);

  return stack;
});
