import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Figure } from './report.ts';
import { measureInTurn, median, significant } from './statistics.ts';

const run = promisify(execFile);
const base = '@aws-sdk/client-dynamodb';

/** The time of a first `import()` of each library in a fresh process, against that of the SDK's client. */
export async function measureColdStart(rounds: number): Promise<Figure[]> {
  const libraries = (await readdir('libs')).map((name) => `@cnop/${name}`);
  const measured = await measureInTurn([base, ...libraries], rounds, {
    measure: importTime,
    figureOf: (milliseconds) => milliseconds,
  });

  return measured.map(({ name, own, ratios }) => ({
    part: 'cold-start',
    name,
    contender: name === base ? 'aws-sdk' : 'cnop',
    ratio: significant(median(ratios)),
    values: { milliseconds: significant(median(own)) },
  }));
}

async function importTime(name: string): Promise<number> {
  const script = `const start = performance.now(); await import('${name}'); console.log(performance.now() - start);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);

  return Number(stdout.trim().split('\n').at(-1));
}
