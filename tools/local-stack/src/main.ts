import { runUntilSignal } from '@cnop/middleware';
import { settingsFromEnv } from './settings.ts';
import { startStack } from './start-stack.ts';

const log = (line: string) => process.stdout.write(`${line}\n`);

await runUntilSignal('local-stack', async () => {
  const stack = await startStack(settingsFromEnv(process.env), { log });
  for (const { role, username, password } of stack.users) log(`User of the role ${role}: ${username} ${password}`);
  log(`Serving users, orders and inventory at ${stack.url}, described at ${stack.url}/docs. Stop with Ctrl-C.`);

  return stack;
});
