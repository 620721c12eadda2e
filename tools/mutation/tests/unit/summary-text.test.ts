import { summariseGroup } from '../../src/summary/group-summary.ts';
import { summaryText } from '../../src/summary/summary-text.ts';
import { makeMutant } from '../support/make-mutant.ts';

const listed = (replacement: string, reason: string) => {
  const { file, mutator, original } = makeMutant();
  return { file, mutator, original, replacement, reason };
};

describe(summaryText, () => {
  it('prints the score of each file and of all, the survivors with their reasons, the stale and the unlisted', () => {
    const list = [listed('a <= b', 'They never meet.'), listed('a > b', 'Was hard to notice.')];
    const summary = summariseGroup(
      'money',
      [
        ...Array.from({ length: 8 }, () => makeMutant()),
        makeMutant({ fate: 'survived' }),
        makeMutant({ fate: 'uncovered', replacement: '', line: 3 }),
      ],
      list,
    );

    const text = summaryText(summary, list, 12);

    expect(text).toBe(
      [
        'money: 80.0 % of 10 mutants noticed, in 12 s',
        '  libs/utils/src/to-minor.ts   80.0 %  8 killed, 0 timed out, 1 survived, 1 uncovered',
        '  all                          80.0 %  8 killed, 0 timed out, 1 survived, 1 uncovered',
        '  survived, listed: libs/utils/src/to-minor.ts EqualityOperator: a < b → a <= b',
        '    They never meet.',
        '  listed, but noticed or gone: libs/utils/src/to-minor.ts EqualityOperator: a < b → a > b',
        '  ✗ The group money scores 80.0 %, less than 85 %.',
        '  ✗ Survived and not listed: libs/utils/src/to-minor.ts:3 EqualityOperator: a < b → (nothing)',
        '',
      ].join('\n'),
    );
  });
});
