import { isDomainError } from '@cnop/exceptions';
import { readSettings } from './settings.ts';
import { startStack } from './start-stack.ts';

const log = (line: string) => process.stdout.write(`${line}\n`);

try {
  const stack = await startStack(readSettings(process.env), log);
  log(`Serving GET /health and POST /orders at ${stack.url}; user "demo" has 10000.00 USD. Stop with Ctrl-C.`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stack.stop().catch((error: unknown) => {
        process.exitCode = 1;
        process.stderr.write(`${String(error)}\n`);
      });
    });
  }
} catch (error) {
  const reason = isDomainError(error) ? `${error.message} ${JSON.stringify(error.details)}` : String(error);
  process.stderr.write(`The local stack could not start: ${reason}\n`);
  process.exitCode = 1;
}
