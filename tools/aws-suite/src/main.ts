// The essential scenarios on a real AWS account: CNOP_AWS_TEST=1 AWS_REGION=… npm run test:aws. With DYNAMODB_ENDPOINT, on an emulator.
import { openMarket, tables } from './market.ts';
import { scenarios } from './scenarios.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Whether every scenario holds. The tables are deleted again, whatever happens; on a signal too. */
async function run(region: string, endpoint: string | undefined): Promise<boolean> {
  print(`Tables ${Object.values(tables).join(', ')} in ${region}${endpoint ? ', on an emulator' : ''}`);
  const { database, close } = await openMarket({ region, ...(endpoint && { endpoint }) });
  let failures = 0;

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().finally(() => process.exit(130)));
  }
  try {
    for (const [name, play] of Object.entries(scenarios)) {
      try {
        print(`ok      ${name}: ${await play({ database, isEmulator: Boolean(endpoint) })}`);
      } catch (error) {
        failures += 1;
        print(`FAILED  ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await close();
  }
  print(`${Object.keys(scenarios).length - failures} passed, ${failures} failed; the tables are deleted`);
  return failures === 0;
}

const { CNOP_AWS_TEST, AWS_REGION, DYNAMODB_ENDPOINT } = process.env;

try {
  if (CNOP_AWS_TEST !== '1') print('Skipped: CNOP_AWS_TEST is not 1: nothing is sent to AWS.');
  else if (!AWS_REGION) throw new Error('AWS_REGION is required.');
  else process.exitCode = (await run(AWS_REGION, DYNAMODB_ENDPOINT)) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
}
