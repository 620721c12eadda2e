import type { MutantCoverage } from '@stryker-mutator/api/core';

/** Under what a run of the hooks around the tests of a file is recorded, until it is shared among them. */
export const hooksId = (file: string): string => `hooks of ${file}`;

/**
 * Counts what the hooks around the tests of a file have reached as reached by each of its tests, which would not be what they are
 * without them.
 */
export function shareHookCoverage({ perTest }: MutantCoverage, file: string, testIds: readonly string[]): void {
  const { [hooksId(file)]: byHooks = {} } = perTest;

  Reflect.deleteProperty(perTest, hooksId(file));
  for (const testId of testIds) perTest[testId] = { ...byHooks, ...perTest[testId] };
}
