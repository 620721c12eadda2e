import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundled, bundleHandler } from './bundles.ts';
import type { Figure } from './report.ts';
import { measureInTurn, median, quantile, significant } from './statistics.ts';

const run = promisify(execFile);
const base = '@aws-sdk/client-dynamodb';

/** The time of a first `import()` of each library in a fresh process, against that of the SDK's client. */
export async function measureColdStart(rounds: number): Promise<Figure[]> {
  const libraries = (await readdir('libs')).map((name) => `@cnop/${name}`);

  return [...(await compareImports([base, ...libraries], rounds)), ...(await measureBundles(21))];
}

/** The time of a first `import()` of a bundled function that executes orders, against that of one that has only the SDK. */
export async function measureBundles(rounds: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bundles-'));

  try {
    const files = bundled.map((name) => join(folder, `${name}.cjs`));
    for (const name of bundled) await bundleHandler(name, folder);
    const figures = await compareImports(files, rounds);

    return figures.map((figure, index) => ({ ...figure, name: `${bundled[index] ?? ''}, bundled` }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Imports each in processes of their own; the first is the base. */
async function compareImports(names: readonly string[], rounds: number): Promise<Figure[]> {
  const measured = await measureInTurn(names, rounds, {
    measure: importTime,
    figureOf: (milliseconds) => milliseconds,
  });

  return measured.map(({ name, own, ratios }, index) => ({
    part: 'cold-start',
    name,
    contender: index === 0 ? 'aws-sdk' : 'cnop',
    ratio: significant(median(ratios)),
    values: { lowerQuartile: significant(quantile(ratios, 0.25)), milliseconds: significant(median(own)) },
  }));
}

async function importTime(name: string): Promise<number> {
  const script = `const start = performance.now(); await import('${name}'); console.log(performance.now() - start);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);

  return Number(stdout.trim().split('\n').at(-1));
}
