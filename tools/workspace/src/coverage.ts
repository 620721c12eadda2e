// Merges each library's and each app's unit and integration coverage and fails where lines fall below the bound:
// `npm run coverage`, after `nx run-many -t test test:integration`.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import coverage, { type CoverageMapData } from 'istanbul-lib-coverage';

const linesAtLeast = 95;
const root = process.env['CNOP_COVERAGE_ROOT'] ?? fileURLToPath(new URL('../../..', import.meta.url));

for (const project of globSync('{libs,apps}/*', { cwd: root }).sort()) {
  const map = coverage.createCoverageMap({});
  for (const kind of ['unit', 'integration']) {
    const file = join(root, project, 'test-output', kind, 'coverage/coverage-final.json');
    if (existsSync(file)) map.merge(JSON.parse(readFileSync(file, 'utf8')) as CoverageMapData);
  }
  // What was not measured is not covered.
  const percent = map.files().length === 0 ? 0 : map.getCoverageSummary().lines.pct;

  if (percent < linesAtLeast) process.exitCode = 1;
  process.stdout.write(`${percent < linesAtLeast ? 'LOW' : 'ok '} ${project.padEnd(25)} lines ${percent} %\n`);
}
process.stdout.write(
  `Lines covered must be at least ${linesAtLeast} % in each library and app, unit and integration merged.\n`,
);
