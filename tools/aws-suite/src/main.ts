// The essential scenarios on a real AWS account: CNOP_AWS_TEST=1 AWS_REGION=… npm run test:aws
import { awsTargetFromEnv, type AwsTarget } from './aws-target.ts';
import { openMarket, type Market } from './open-market.ts';
import { scenarios } from './scenarios.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Whether every scenario holds. The tables are deleted again, whatever happens; on a signal too. */
async function run({ options, prefix, isEmulator }: Extract<AwsTarget, { kind: 'run' }>): Promise<boolean> {
  print(`Tables ${prefix}-… in ${options.region}${isEmulator ? ', on an emulator' : ''}`);
  const market = await openMarket(options);
  const close = closeOnce(market);
  let failures = 0;

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void close().finally(() => process.exit(130));
    });
  }
  try {
    for (const scenario of scenarios) {
      try {
        print(`ok      ${scenario.name}: ${await scenario.play({ database: market.database, isEmulator })}`);
      } catch (error) {
        failures += 1;
        print(`FAILED  ${scenario.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await close();
  }
  print(`${scenarios.length - failures} passed, ${failures} failed; the tables are deleted`);
  return failures === 0;
}

function closeOnce(market: Market): () => Promise<void> {
  let closing: Promise<void> | undefined;

  return () => (closing ??= market.close());
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
