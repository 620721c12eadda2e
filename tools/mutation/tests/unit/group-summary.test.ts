import { inPercent, summariseGroup } from '../../src/summary/group-summary.ts';
import { makeMutant } from '../support/make-mutant.ts';

const many = (count: number, overrides: Parameters<typeof makeMutant>[0]) =>
  Array.from({ length: count }, () => makeMutant(overrides));

describe(summariseGroup, () => {
  it('counts killed and timed out mutants as noticed, and leaves ignored and invalid ones out', () => {
    const records = [
      ...many(3, { fate: 'killed' }),
      ...many(1, { fate: 'timed-out' }),
      ...many(5, { fate: 'ignored' }),
      ...many(5, { fate: 'invalid' }),
    ];

    const { total } = summariseGroup('money', records, []);

    expect(total).toEqual({ killed: 3, timedOut: 1, survived: 0, uncovered: 0 });
    expect(inPercent(total)).toBe('100.0 %');
  });

  it('scores each file by itself', () => {
    const records = [makeMutant({ file: 'b.ts' }), makeMutant({ file: 'a.ts' }), makeMutant({ file: 'b.ts' })];

    const { files } = summariseGroup('money', records, []);

    expect(files.map(({ file, killed }) => [file, killed])).toEqual([
      ['a.ts', 1],
      ['b.ts', 2],
    ]);
  });

  it('fails for a survivor that is not listed', () => {
    const records = [...many(99, { fate: 'killed' }), makeMutant({ fate: 'survived', line: 7 })];

    const { problems } = summariseGroup('money', records, []);

    expect(problems).toEqual([
      'Survived and not listed: libs/utils/src/to-minor.ts:7 EqualityOperator: a < b → a <= b',
    ]);
  });

  it('passes with a survivor that is listed', () => {
    const survivor = makeMutant({ fate: 'survived' });
    const { file, mutator, original, replacement } = survivor;

    const { problems } = summariseGroup(
      'money',
      [...many(99, { fate: 'killed' }), survivor],
      [{ file, mutator, original, replacement, reason: 'They are the same.' }],
    );

    expect(problems).toEqual([]);
  });

  it('fails below 85 %, even if every survivor is listed', () => {
    const survivor = makeMutant({ fate: 'survived' });
    const { file, mutator, original, replacement } = survivor;
    const listed = [{ file, mutator, original, replacement, times: 16, reason: 'Who knows.' }];

    const enough = summariseGroup('money', [...many(85, {}), ...many(15, { fate: 'survived' })], listed);
    const tooFew = summariseGroup('money', [...many(84, {}), ...many(16, { fate: 'survived' })], listed);

    expect(enough.problems).toEqual([]);
    expect(tooFew.problems).toEqual(['The group money scores 84.0 %, less than 85 %.']);
  });

  it('fails for a group of nothing', () => {
    const { problems } = summariseGroup('money', [], []);

    expect(problems).toEqual(['The group money has no mutants.']);
  });
});

describe(inPercent, () => {
  it('rounds down', () => {
    const score = { killed: 8_499, timedOut: 0, survived: 1_501, uncovered: 0 };

    expect(inPercent(score)).toBe('84.9 %');
  });
});
