// The essential scenarios on a real AWS account: CNOP_AWS_TEST=1 AWS_REGION=… npm run test:aws
import { awsTargetFromEnv, type AwsTarget } from './aws-target.ts';
import { openMarket } from './market.ts';
import { scenarios } from './scenarios.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Whether every scenario holds. The tables are deleted again, whatever happens; on a signal too. */
async function run({ options, prefix, isEmulator }: Extract<AwsTarget, { kind: 'run' }>): Promise<boolean> {
  print(`Tables ${prefix}-… in ${options.region}${isEmulator ? ', on an emulator' : ''}`);
  const { database, close } = await openMarket(options);
  let failures = 0;

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().finally(() => process.exit(130)));
  }
  try {
    for (const [name, play] of Object.entries(scenarios)) {
      try {
        print(`ok      ${name}: ${await play({ database, isEmulator })}`);
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

try {
  const target = awsTargetFromEnv(process.env);

  if (target.kind === 'skip') print(`Skipped: ${target.reason}`);
  else process.exitCode = (await run(target)) ? 0 : 1;
} catch (error) {
  const { message, details } = error as Error & { details?: object };
  process.stderr.write(`${message} ${details ? JSON.stringify(details) : ''}\n`);
  process.exitCode = 1;
}
