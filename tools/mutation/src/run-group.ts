import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import type { Group } from './group.ts';
import { strykerOptions } from './stryker-options.ts';
import { toMutantRecord, type MutantRecord } from './summary/mutant-record.ts';

/**
 * Mutates the files of a group and runs its tests against each mutant. Works on a copy under `tmp/mutation`, and leaves all mutants
 * there as `<group>.json`. Run it from the root of the workspace.
 */
export async function runGroup(group: Group): Promise<MutantRecord[]> {
  const results = await new Stryker(strykerOptions(group)).runMutationTest();
  const sources = new Map<string, string>();
  const records: MutantRecord[] = [];

  for (const result of results) {
    const file = relative('.', result.fileName);
    const source = sources.get(file) ?? (await readFile(file, 'utf8'));
    sources.set(file, source);
    records.push(toMutantRecord(result, file, source));
  }

  await mkdir('tmp/mutation', { recursive: true });
  await writeFile(`tmp/mutation/${group.name}.json`, JSON.stringify(records, null, 2));
  return records;
}
