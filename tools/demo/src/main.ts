import { parseArgs } from 'node:util';
import { printReport } from './print-report.ts';
import { runDemo } from './run-demo.ts';

const usage = `usage: npm run demo -- [--seed N] [--months N] [--json]

Replays ten years of monthly stock prices on a DynamoDB of its own, lets five users trade, and checks the ledger.
  --seed N     another course of chance; the same seed gives the same report (default 1)
  --months N   only the first N months of the history
  --json       the report as one JSON document
`;

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new TypeError(`--${name} must be a positive whole number`);
  return Number(text);
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      months: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    json: values.json,
    help: values.help,
    seed: wholeNumber('seed', values.seed),
    ...(values.months !== undefined && { months: wholeNumber('months', values.months) }),
  };
}

try {
  const { json, help, ...options } = readArguments();

  if (help) {
    process.stdout.write(usage);
  } else {
    const report = await runDemo({ ...options, progress: (line) => process.stderr.write(`${line}\n`) });
    process.stdout.write(`${json ? JSON.stringify(report, undefined, 2) : printReport(report)}\n`);
    process.exitCode = report.ledger.brokenInvariants === 0 ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(error instanceof TypeError ? `${error.message}\n\n${usage}` : `${String(error)}\n`);
  process.exitCode = 1;
}
