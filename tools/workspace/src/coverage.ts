// Merges each library's unit and integration coverage and fails where lines fall below the bound:
// `node tools/workspace/src/coverage.ts`, after `nx run-many -t test test:integration`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import coverage, { type CoverageMapData } from 'istanbul-lib-coverage';

const linesAtLeast = 95;
const root = fileURLToPath(new URL('../../../', import.meta.url));

function lineCoverage(project: string): number | undefined {
  const map = coverage.createCoverageMap({});

  for (const kind of ['unit', 'integration']) {
    const file = join(project, 'test-output', kind, 'coverage/coverage-final.json');
    if (existsSync(file)) map.merge(JSON.parse(readFileSync(file, 'utf8')) as CoverageMapData);
  }
  return map.files().length === 0 ? undefined : map.getCoverageSummary().lines.pct;
}

let failed = false;
for (const name of readdirSync(join(root, 'libs'))) {
  const percent = lineCoverage(join(root, 'libs', name));
  const enough = percent !== undefined && percent >= linesAtLeast;

  failed ||= !enough;
  process.stdout.write(`${enough ? 'ok  ' : 'LOW '} ${name.padEnd(20)} lines ${percent ?? 'not measured'} %\n`);
}
process.stdout.write(
  `Lines covered must be at least ${linesAtLeast} % in each library, unit and integration merged.\n`,
);
process.exitCode = failed ? 1 : 0;
