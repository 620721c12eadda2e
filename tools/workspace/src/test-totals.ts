// Adds up what the test runs left in `<project>/test-output/<kind>/summary.json`.
//   node tools/workspace/src/test-totals.ts record <label> <kind>...   keeps the sum under tmp/test-totals/<label>.json
//   node tools/workspace/src/test-totals.ts print [--affected]        prints each sum, then `N passed, N failed` of all; fails when a test
//                                                                     failed, or a run had none: a change need not reach any
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = process.env['CNOP_TOTALS_ROOT'] ?? fileURLToPath(new URL('../../../', import.meta.url));
const directory = join(root, 'tmp/test-totals');
const readTotals = (file: string): Totals => JSON.parse(readFileSync(file, 'utf8')) as Totals;
const sumOf = (all: readonly Totals[], count: keyof Totals): number => all.reduce((sum, each) => sum + each[count], 0);
const [verb, label = '', ...kinds] = process.argv.slice(2);

if (verb === 'record') {
  const files = kinds.flatMap((kind) =>
    globSync(`{libs,apps,tools}/*/test-output/${kind}/summary.json`, { cwd: root }),
  );
  const all = files.map((file) => readTotals(join(root, file)));
  const [passed, failed, skipped] = [sumOf(all, 'passed'), sumOf(all, 'failed'), sumOf(all, 'skipped')];

  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${label}.json`), JSON.stringify({ passed, failed, skipped }));
} else {
  const files = globSync(join(directory, '*.json')).sort();
  const runs = files.map(readTotals);
  const [passed, failed] = [sumOf(runs, 'passed'), sumOf(runs, 'failed')];
  const isComplete = label === '--affected' || (runs.length > 0 && runs.every((run) => run.passed > 0));

  for (const [index, run] of runs.entries()) {
    const name = basename(files[index] ?? '', '.json');
    process.stdout.write(`${name}: ${run.passed} passed, ${run.failed} failed, ${run.skipped} skipped\n`);
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && isComplete ? 0 : 1;
}
