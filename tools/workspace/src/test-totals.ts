// Adds up what the test runs left in `<project>/test-output/<kind>/summary.json`.
//   node tools/workspace/src/test-totals.ts record <label> <kind>...   keeps the sum under tmp/test-totals/<label>.json
//   node tools/workspace/src/test-totals.ts print                     prints each sum, then `N passed, N failed, N skipped`
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const directory = join(root, 'tmp/test-totals');

const readTotals = (file: string): Totals => JSON.parse(readFileSync(file, 'utf8')) as Totals;

const sum = (totals: readonly Totals[]): Totals => ({
  passed: totals.reduce((total, { passed }) => total + passed, 0),
  failed: totals.reduce((total, { failed }) => total + failed, 0),
  skipped: totals.reduce((total, { skipped }) => total + skipped, 0),
});

const asText = ({ passed, failed, skipped }: Totals) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

function record(label: string, kinds: readonly string[]): void {
  const projects = ['libs', 'apps', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  );
  const files = projects.flatMap((project) => kinds.map((kind) => join(project, 'test-output', kind, 'summary.json')));

  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${label}.json`), JSON.stringify(sum(files.filter(existsSync).map(readTotals))));
}

function print(): void {
  const labels = existsSync(directory) ? readdirSync(directory).sort() : [];
  const runs = labels.map((file) => ({ label: file.replace('.json', ''), totals: readTotals(join(directory, file)) }));

  for (const { label, totals } of runs) process.stdout.write(`${label}: ${asText(totals)}\n`);
  const all = sum(runs.map(({ totals }) => totals));
  process.stdout.write(`${asText(all)}\n`);
  process.exitCode = all.failed > 0 || all.passed === 0 ? 1 : 0;
}

const [verb, label, ...kinds] = process.argv.slice(2);
if (verb === 'record' && label !== undefined && kinds.length > 0) record(label, kinds);
else if (verb === 'print') print();
else {
  process.stderr.write('usage: test-totals.ts record <label> <kind>... | print\n');
  process.exitCode = 2;
}
