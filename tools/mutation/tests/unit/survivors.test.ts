import { compareSurvivors, type ListedSurvivor } from '../../src/summary/survivors.ts';
import { makeMutant } from '../support/make-mutant.ts';

const survivor = makeMutant({ fate: 'survived' });
const list = (overrides: Partial<ListedSurvivor> = {}): ListedSurvivor => {
  const { file, mutator, original, replacement } = survivor;
  return { file, mutator, original, replacement, reason: 'Both are the same at b.', ...overrides };
};

describe(compareSurvivors, () => {
  it('finds the survivor that is not listed', () => {
    const other = makeMutant({ fate: 'survived', replacement: 'a >= b' });

    const { unlisted } = compareSurvivors([survivor, other], [list()]);

    expect(unlisted).toEqual([other]);
  });

  it('counts a mutant that no test reaches as a survivor', () => {
    const uncovered = makeMutant({ fate: 'uncovered' });

    const { unlisted } = compareSurvivors([uncovered], []);

    expect(unlisted).toEqual([uncovered]);
  });

  it('knows a listed survivor on another line', () => {
    const { unlisted, stale } = compareSurvivors([{ ...survivor, line: 99 }], [list()]);

    expect({ unlisted, stale }).toEqual({ unlisted: [], stale: [] });
  });

  it('lets as many survive as are listed, and no more', () => {
    const three = [survivor, survivor, survivor];

    expect(compareSurvivors(three, [list({ times: 3 })]).unlisted).toHaveLength(0);
    expect(compareSurvivors(three, [list({ times: 2 })]).unlisted).toHaveLength(1);
    expect(compareSurvivors(three, [list()]).unlisted).toHaveLength(2);
  });

  it.each(['killed', 'timed-out', 'ignored', 'invalid'] as const)('calls a listed mutant that was %s stale', (fate) => {
    const { unlisted, stale } = compareSurvivors([makeMutant({ fate })], [list()]);

    expect({ unlisted, stale }).toEqual({ unlisted: [], stale: [list()] });
  });

  it('says nothing about files that were not mutated', () => {
    const { stale } = compareSurvivors([survivor], [list(), list({ file: 'libs/utils/src/clock.ts' })]);

    expect(stale).toEqual([]);
  });
});
