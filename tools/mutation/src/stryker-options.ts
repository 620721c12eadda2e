import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import type { Group } from './group.ts';
import type { RunnerOptions } from './runner/runner-options.ts';

/** The seed of the property tests, so that every run judges by the same examples. */
const seed = 20_240_101;

/** How Stryker is to mutate a group; run it from the root of the workspace. */
export function strykerOptions(group: Group): PartialStrykerOptions & { readonly circus: RunnerOptions } {
  const { name, files, tests, dynamoDb } = group;

  return {
    mutate: [...files],
    testRunner: 'circus',
    circus: { tests, dynamoDb, testTimeoutMs: 10_000, seed },
    plugins: [fileURLToPath(new URL('./runner/index.ts', import.meta.url))],
    testRunnerNodeArgs: ['--conditions=@cnop/source', '--no-warnings'],
    ignorers: ['sentences'],
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // The modules of tests pile up in a process that loads them anew for each mutant, and so do the tables of a DynamoDB.
    maxTestRunnerReuse: 250,
    // Generous, because a machine that is busy with other things must not kill a mutant; not more, because one that never ends takes it all.
    timeoutMS: 8_000,
    timeoutFactor: 4,
    ignorePatterns: [
      '**/*',
      '!libs',
      '!libs/*',
      '!libs/*/package.json',
      '!libs/*/src/**',
      '!libs/*/tests/**',
      '!libs/*/examples/**',
      '!package.json',
    ],
    disableTypeChecks: true,
    tempDirName: `tmp/mutation/${name}`,
    reporters: ['progress-append-only'],
    clearTextReporter: { allowColor: false },
    allowConsoleColors: false,
    tsconfigFile: 'tsconfig.base.json',
    thresholds: { high: 100, low: 85, break: null },
    warnings: { slow: false, unknownOptions: true, preprocessorErrors: true, unserializableOptions: true },
  };
}
