// Merges each library's unit and integration coverage and fails where lines fall below the bound:
// `node tools/workspace/src/coverage.ts`, after `nx run-many -t test test:integration`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CoverageMapData } from 'istanbul-lib-coverage';
import { judgeCoverage, lineCoverage } from './line-coverage.ts';

const linesAtLeast = 95;
const libs = fileURLToPath(new URL('../../../libs', import.meta.url));

const verdicts = readdirSync(libs).map((name) => {
  const runs = ['unit', 'integration']
    .map((kind) => join(libs, name, 'test-output', kind, 'coverage/coverage-final.json'))
    .filter(existsSync)
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as CoverageMapData);

  return judgeCoverage(name, lineCoverage(runs), linesAtLeast);
});

process.stdout.write(`${verdicts.map(({ line }) => line).join('\n')}\n`);
process.stdout.write(
  `Lines covered must be at least ${linesAtLeast} % in each library, unit and integration merged.\n`,
);
process.exitCode = verdicts.every(({ enough }) => enough) ? 0 : 1;
