import { parseArgs } from 'node:util';
import { isClean, printReport } from './demo-report.ts';
import { runDemo } from './run-demo.ts';

const usage = `usage: npm run demo -- [--seed N] [--months N] [--json]

Replays ten years of monthly stock prices on a DynamoDB of its own, lets five users trade, and checks the ledger.
  --seed N     other random decisions; the same seed gives the same report (default 1)
  --months N   only the first N months of the history
  --json       the report as one JSON document
`;

const print = (text: string) => process.stdout.write(text);
const complain = (text: string) => process.stderr.write(text);

function readArguments() {
  const boolean = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, months: { type: 'string' }, json: boolean, help: boolean },
  });
  const { seed, months, ...flags } = values;

  return { ...flags, seed: wholeNumber('seed', seed), ...(months && { months: wholeNumber('months', months) }) };
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${name} must be a positive whole number`);

  return Number(text);
}

async function main(): Promise<void> {
  let asked: ReturnType<typeof readArguments>;

  try {
    asked = readArguments();
  } catch (error) {
    complain(`${(error as Error).message}\n\n${usage}`);
    process.exitCode = 1;
    return;
  }
  if (asked.help) {
    print(usage);
    return;
  }
  const report = await runDemo({ ...asked, progress: (line) => complain(`${line}\n`) });
  print(`${asked.json ? JSON.stringify(report, undefined, 2) : printReport(report)}\n`);
  process.exitCode = isClean(report) ? 0 : 1;
}

await main().catch((error: unknown) => {
  complain(`${String(error)}\n`);
  process.exitCode = 1;
});
