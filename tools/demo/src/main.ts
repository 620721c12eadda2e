import { parseArgs } from 'node:util';
import { printReport } from './demo-report.ts';
import { runDemo } from './run-demo.ts';

const usage = `usage: npm run demo -- [--seed N] [--months N]

Replays ten years of monthly stock prices on a DynamoDB of its own, lets five users trade and six
place standing orders, and checks the ledger.
  --seed N     other random decisions; the same seed gives the same report (default 1)
  --months N   only the first N months of the history
`;

function readArguments() {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, months: { type: 'string' } } });
  const { seed, months } = values;
  const isWhole = (text: string) => /^[1-9]\d{0,8}$/.test(text);

  if (!isWhole(seed) || (months !== undefined && !isWhole(months))) throw new Error(usage);
  return { seed: Number(seed), ...(months !== undefined && { months: Number(months) }) };
}

try {
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  const report = await runDemo({ ...readArguments(), progress });

  process.stdout.write(`${printReport(report)}\n`);
  process.exitCode = report.ledger.brokenCount + report.ledger.unsettledCount > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
}
