// Merges each library's and each app's unit and integration coverage and fails where lines fall below the bound:
// `node tools/workspace/src/coverage.ts`, after `nx run-many -t test test:integration`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CoverageMapData } from 'istanbul-lib-coverage';
import { judgeCoverage, lineCoverage } from './line-coverage.ts';

const linesAtLeast = 95;
const root = fileURLToPath(new URL('../../..', import.meta.url));

const projects = ['libs', 'apps'].flatMap((kind) =>
  readdirSync(join(root, kind)).map((name) => join(root, kind, name)),
);

const verdicts = projects.map((project) => {
  const runs = ['unit', 'integration']
    .map((kind) => join(project, 'test-output', kind, 'coverage/coverage-final.json'))
    .filter(existsSync)
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as CoverageMapData);

  return judgeCoverage(basename(project), lineCoverage(runs), linesAtLeast);
});

process.stdout.write(`${verdicts.map(({ line }) => line).join('\n')}\n`);
process.stdout.write(
  `Lines covered must be at least ${linesAtLeast} % in each library and app, unit and integration merged.\n`,
);
process.exitCode = verdicts.every(({ enough }) => enough) ? 0 : 1;
