import { runUntilSignal, serverSettings } from '@cnop/middleware';
import { readEnvironment } from '@cnop/validation';
import * as z from 'zod';
import { startStack } from './start-stack.ts';

const log = (line: string) => process.stdout.write(`${line}\n`);
const settings = serverSettings.and(z.object({ DATA_DIR: z.string().optional() }));

await runUntilSignal('local-stack', async () => {
  const { listen, DATA_DIR: dataDir, ...limits } = readEnvironment(settings, process.env);
  // It listens on the loopback address, whatever HOST says.
  const stack = await startStack({ port: listen.port, dataDir, ...limits }, { log });
  for (const { role, username, password } of stack.users) log(`User of the role ${role}: ${username} ${password}`);
  log(`Serving users, orders and inventory at ${stack.url}, described at ${stack.url}/docs. Stop with Ctrl-C.`);

  return stack;
});
