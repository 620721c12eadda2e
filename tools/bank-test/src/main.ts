import { constants } from 'node:os';
import { readArguments, usage } from './arguments.ts';
import { printReport } from './report/print-report.ts';
import { runBankTest } from './run-bank-test.ts';

const print = (text: string) => process.stdout.write(text);
const complain = (text: string) => process.stderr.write(text);

/** Answers with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const asked = readArguments(args, process.env);

  if (asked.kind === 'help') {
    print(usage);
    return 0;
  }
  if (asked.kind === 'refuse') {
    complain(`${asked.problem}\n\n${usage}`);
    return 1;
  }
  try {
    const report = await runBankTest({ ...asked, progress: (line) => complain(`${line}\n`) });
    print(`${asked.json ? JSON.stringify(report, undefined, 2) : printReport(report)}\n`);
    return report.broken.length === 0 ? 0 : 1;
  } catch (error) {
    complain(`${String(error)}\n`);
    return 1;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Left to itself, a signal would leave the data of the database behind.
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
process.exitCode = await main(process.argv.slice(2));
