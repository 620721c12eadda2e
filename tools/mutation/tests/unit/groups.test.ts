import { join } from 'node:path';
import { toGroupResult } from '../../src/group-result.ts';
import { filesOf, groups, listedSurvivors, shortGroups, testsOf, type ListedSurvivor } from '../../src/groups.ts';
import type { Mutant } from '../../src/mutate-group.ts';

const root = join(__dirname, '../../../..');
const files = Object.values(groups).flatMap((group) => filesOf(group, root));

describe('the groups', () => {
  it('have each file once, tests, and a short form with a part of the files', () => {
    expect(new Set(files).size).toBe(files.length);
    for (const [name, group] of [...Object.entries(groups), ...Object.entries(shortGroups)]) {
      expect(testsOf(group, root)).not.toEqual([]);
      expect(groups[name]!.files).toEqual(expect.arrayContaining([...group.files]));
    }
    expect(testsOf(shortGroups['flow']!, root).some((file) => file.includes('integration/place-order'))).toBe(true);
    expect(testsOf(shortGroups['triggers']!, root).filter((file) => file.includes('integration'))).toEqual([]);
    expect(Object.keys(shortGroups)).toEqual(['money', 'journal', 'states', 'runner', 'flow', 'triggers']);
  });

  it.each(['no-such-file', 'index'])('refuse %s: a file that no library has, or several have', (file) => {
    expect(() => filesOf({ files: [file] }, root)).toThrow(`${file}.ts`);
  });

  it('list survivors of files that are mutated, with a reason for each', () => {
    const names = Object.values(groups).flatMap((group) => group.files);

    expect(listedSurvivors.filter(({ file, reason }) => !names.includes(file) || reason.trim() === '')).toEqual([]);
  });
});

describe(toGroupResult, () => {
  const change = { file: 'to-minor', mutator: 'EqualityOperator', original: 'a < b', replacement: 'a <= b' };
  const mutant = (fields: Partial<Mutant> = {}): Mutant => ({ ...change, line: 10, status: 'Killed', ...fields });
  const survivor = mutant({ status: 'Survived' });
  const listed: ListedSurvivor = { ...change, reason: 'Same at b.' };

  it('counts killed and timed-out mutants as noticed, those without coverage as survivors, and no ignored ones', () => {
    const statuses = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored', 'CompileError'] as const;

    const result = toGroupResult(
      statuses.map((status) => mutant({ status })),
      [],
    );

    expect(result).toMatchObject({ noticed: 2, survived: 2, percent: '50.0 %' });
    expect(result.unlisted).toHaveLength(2);
  });

  it('rounds the score down', () => {
    const mutants = Array.from({ length: 10_000 }, (_, index) => (index < 8_499 ? mutant() : survivor));

    expect(toGroupResult(mutants, []).percent).toBe('84.9 %');
  });

  it('knows a listed survivor on another line, and finds one that is not listed', () => {
    const other = mutant({ status: 'Survived', replacement: 'a >= b' });

    expect(toGroupResult([{ ...survivor, line: 99 }, other], [listed])).toMatchObject({ unlisted: [other], stale: [] });
  });

  it('accepts a survivor as often as it is listed', () => {
    const counts = [3, 2, 1].map((times) => toGroupResult([survivor, survivor, survivor], [{ ...listed, times }]));

    expect(counts.map(({ unlisted }) => unlisted.length)).toEqual([0, 1, 2]);
  });

  it('names a listed survivor that was noticed, but none of a file that was not mutated', () => {
    expect(toGroupResult([mutant()], [listed, { ...listed, file: 'clock' }]).stale).toEqual([listed]);
  });
});
