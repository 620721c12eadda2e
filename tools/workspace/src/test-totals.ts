// Adds up what the test runs left in `<project>/test-output/<kind>/summary.json`.
//   node tools/workspace/src/test-totals.ts record <label> <kind>...   keeps the sum under tmp/test-totals/<label>.json
//   node tools/workspace/src/test-totals.ts print [--affected]        prints each sum, then `N passed, N failed` of all; of a change
//                                                                     that reaches no test there need be none
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportTotals, sumTotals, type Totals } from './totals.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const directory = join(root, 'tmp/test-totals');

const readTotals = (file: string): Totals => JSON.parse(readFileSync(file, 'utf8')) as Totals;

function record(label: string, kinds: readonly string[]): void {
  const projects = ['libs', 'apps', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  );
  const files = projects.flatMap((project) => kinds.map((kind) => join(project, 'test-output', kind, 'summary.json')));

  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${label}.json`), JSON.stringify(sumTotals(files.filter(existsSync).map(readTotals))));
}

function print(mayBeEmpty: boolean): void {
  const files = existsSync(directory) ? readdirSync(directory).sort() : [];
  const runs = files.map((file) => [file.replace(/\.json$/, ''), readTotals(join(directory, file))] as const);
  const { lines, ok } = reportTotals(Object.fromEntries(runs), mayBeEmpty);

  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = ok ? 0 : 1;
}

const [verb, label, ...kinds] = process.argv.slice(2);
if (verb === 'record' && label !== undefined && kinds.length > 0) record(label, kinds);
else if (verb === 'print') print(label === '--affected');
else {
  process.stderr.write('usage: test-totals.ts record <label> <kind>... | print [--affected]\n');
  process.exitCode = 2;
}
