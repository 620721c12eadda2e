import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import type { Location, MutantResult } from '@stryker-mutator/api/core';
import type { RunnerSettings } from './circus-test-runner.ts';
import { filesOf, testsOf, type Group } from './groups.ts';

/** A small change to the code, and whether the tests noticed it, in words that stay the same when lines move. */
export interface Mutant {
  /** Its file, as the group names it. */
  readonly file: string;
  readonly line: number;
  /** The kind of change, as Stryker names it. */
  readonly mutator: string;
  /** The code that was replaced, on one line. */
  readonly original: string;
  readonly replacement: string;
  readonly status: MutantResult['status'];
}

/** The least that a group must score, in per cent. */
const leastPercent = 85;

/** The seed of the property tests, so that every run judges by the same examples. */
const seed = 20_240_101;

/**
 * Mutates the files of a group and runs its tests against each mutant, on a copy under `tmp/mutation`. Run it from the root of the
 * workspace.
 */
export async function mutateGroup(name: string, group: Pick<Group, 'files' | 'integration'>): Promise<Mutant[]> {
  // Generous, because a busy machine must not kill a mutant, or fail the run before the first one.
  const circus: RunnerSettings = { tests: testsOf(group), testTimeoutMs: 30_000, seed };
  const paths = filesOf(group);
  const stryker = new Stryker({
    mutate: paths,
    testRunner: 'circus',
    circus,
    plugins: [fileURLToPath(new URL('./circus-test-runner.ts', import.meta.url))],
    testRunnerNodeArgs: ['--conditions=@cnop/source', '--no-warnings'],
    ignorers: ['messages'],
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // The modules of tests pile up in a process that loads them anew for each mutant, and so do the tables of a DynamoDB.
    maxTestRunnerReuse: 250,
    // Generous for the same reason; bounded, because an endless mutant takes all of the machine.
    timeoutMS: 8_000,
    timeoutFactor: 4,
    // The first run is of all tests of the group.
    dryRunTimeoutMinutes: 20,
    ignorePatterns: ['**/*', '!libs', '!libs/*', '!libs/*/{package.json,src/**,tests/**,examples/**}', '!package.json'],
    disableTypeChecks: true,
    tempDirName: `tmp/mutation/${name}`,
    reporters: ['progress-append-only', 'clear-text'],
    clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
    allowConsoleColors: false,
    tsconfigFile: 'tsconfig.base.json',
    thresholds: { high: 100, low: leastPercent, break: leastPercent },
    warnings: { slow: false, unknownOptions: true, preprocessorErrors: true, unserializableOptions: true },
  });

  const nameOf = new Map(paths.map((path, index) => [resolve(path), group.files[index] ?? path]));
  const results = await stryker.runMutationTest();

  return await Promise.all(
    results.map((result) => toMutant(result, nameOf.get(resolve(result.fileName)) ?? result.fileName)),
  );
}

async function toMutant(
  { fileName, location, mutatorName, replacement, status }: MutantResult,
  file: string,
): Promise<Mutant> {
  const source = await readFile(fileName, 'utf8');

  return {
    file,
    line: location.start.line,
    mutator: mutatorName,
    original: oneLine(textAt(source, location)),
    replacement: oneLine(replacement),
    status,
  };
}

/** Lines and columns are counted from 1, and the end is the first column that is no longer part of it. */
function textAt(source: string, { start, end }: Location): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);

  return [...lines.slice(0, -1), lines.at(-1)?.slice(0, end.column - 1)].join('\n').slice(start.column - 1);
}

/** Enough of a text to recognise it. */
const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();

  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
};
