import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groups } from '../../src/groups.ts';
import { shortForm } from '../../src/short-form.ts';
import { mutationPageText } from '../../src/summary/page-text.ts';
import type { ScoreSheet } from '../../src/summary/score-sheet.ts';
import type { ListedSurvivor } from '../../src/summary/survivors.ts';

const root = join(__dirname, '../../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const listed = JSON.parse(read('tools/mutation/survivors.json')) as ListedSurvivor[];
const scores = JSON.parse(read('tools/mutation/scores.json')) as ScoreSheet;

describe('the groups', () => {
  it.each(groups)('$name names files and tests that are there', ({ files, tests }) => {
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    for (const pattern of tests) expect(globSync(pattern, { cwd: root })).not.toEqual([]);
  });

  it('have each file once', () => {
    const files = groups.flatMap((group) => group.files);

    expect(new Set(files).size).toBe(files.length);
  });

  it('have a score each', () => {
    expect(Object.keys(scores).sort()).toEqual(groups.map(({ name }) => name).sort());
  });
});

describe('the list of survivors', () => {
  it('is about files that are mutated, and gives a reason for each', () => {
    const files = groups.flatMap((group) => group.files);

    expect(listed.filter(({ file }) => !files.includes(file))).toEqual([]);
    expect(listed.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });
});

describe(shortForm, () => {
  it('mutates a part of what the long form does, in every group but the one of the DAOs', () => {
    const short = shortForm(groups);

    expect(short.map(({ name }) => name)).toEqual(['money', 'journal', 'states', 'runner', 'flow']);
    for (const group of short) {
      const whole = groups.find(({ name }) => name === group.name)?.files;

      expect(group.files).not.toEqual([]);
      expect(whole).toEqual(expect.arrayContaining([...group.files]));
    }
  });

  it.each(shortForm(groups))('$name names tests that are there', ({ tests }) => {
    for (const pattern of tests) expect(globSync(pattern, { cwd: root })).not.toEqual([]);
  });
});

describe(mutationPageText, () => {
  it('is what docs/mutation.md holds; `npm run docs` writes it', () => {
    expect(read('docs/mutation.md').trim()).toBe(mutationPageText(groups, scores, listed).trim());
  });
});
