import { logLevelSetting, runUntilSignal, serverSettings } from '@cnop/middleware';
import { readEnvironment } from '@cnop/validation';
import * as z from 'zod';
import { startStack } from './start-stack.ts';

const log = (line: string) => process.stdout.write(`${line}\n`);
/** `LOG_LEVEL` is the short name of the variable that every service has, as `PORT` and `DATA_DIR` are short. */
const stackSettings = z
  .object({
    DATA_DIR: z.string().optional(),
    LOG_LEVEL: logLevelSetting.optional(),
    CNOP_LOG_LEVEL: logLevelSetting.optional(),
  })
  .transform(({ DATA_DIR: dataDir, LOG_LEVEL, CNOP_LOG_LEVEL }) => ({
    dataDir,
    level: LOG_LEVEL ?? CNOP_LOG_LEVEL ?? 'warn',
  }));
const settings = serverSettings.and(stackSettings);

await runUntilSignal('local-stack', async () => {
  const { listen, dataDir, level, ...limits } = readEnvironment(settings, process.env);
  // It listens on the loopback address, whatever HOST says.
  const stack = await startStack(
    { port: listen.port, dataDir, ...limits },
    { log, logging: { name: 'local-stack', level } },
  );
  for (const { role, username, password } of stack.users) log(`User of the role ${role}: ${username} ${password}`);
  log(`Serving users, orders and inventory at ${stack.url}, described at ${stack.url}/docs. Stop with Ctrl-C.`);

  return stack;
});
