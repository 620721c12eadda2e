// Prints the lines of libraries, apps and tools, and what the tools weigh against what they are for: `npm run size`. Fails above the
// bound.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The lines of tools, code and tests, for one line of the sources of libraries and apps. */
const atMost = 0.85;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
  .split('\0')
  .filter((file) => /\.(ts|js|mjs|cjs|sh|template)$/.test(file) && existsSync(root + file));
const linesOf = (pattern: RegExp): number =>
  files
    .filter((file) => pattern.test(file))
    .reduce((sum, file) => sum + (readFileSync(root + file, 'utf8').match(/\n/g)?.length ?? 0), 0);

const sources = linesOf(/^(libs|apps)\/[^/]+\/src\//);
const tools = linesOf(/^tools\//);
const ratio = tools / sources;

for (const name of new Set(files.filter((file) => file.startsWith('tools/')).map((file) => file.split('/')[1] ?? ''))) {
  process.stdout.write(`${name.padEnd(20)} ${String(linesOf(new RegExp(`^tools/${name}/`))).padStart(6)}\n`);
}
process.stdout.write(
  `sources of libraries and apps ${sources}, their tests ${linesOf(/^(libs|apps)\/[^/]+\/tests\//)}, tools ${tools}\n`,
);
process.stdout.write(`tools / sources = ${ratio.toFixed(2)}, at most ${atMost}\n`);
if (ratio > atMost) process.exitCode = 1;
