import { brokenBounds, type Bound } from '../../src/bounds.ts';
import type { Figure } from '../../src/figure.ts';

const figure = (contender: string, ratio?: number): Figure => ({
  part: 'client-cpu',
  name: 'marketOrder',
  contender,
  ...(ratio !== undefined && { ratio }),
  values: {},
});
const bound = (limits: Partial<Bound>): Bound => ({
  part: 'client-cpu',
  name: 'marketOrder',
  contender: 'cnop',
  ...limits,
});

describe(brokenBounds, () => {
  it.each([
    { ratio: 1.31, limits: { max: 1.3 }, problem: '1.31 is above 1.3' },
    { ratio: 0.89, limits: { min: 0.9 }, problem: '0.89 is below 0.9' },
    { ratio: 1.5, limits: { below: ['electrodb'] }, problem: 'not below the 1.5 of electrodb' },
  ])('says that $problem', ({ ratio, limits, problem }) => {
    const broken = brokenBounds([figure('cnop', ratio), figure('electrodb', 1.5)], [bound(limits)]);

    expect(broken).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['at its maximum', 1.3, { max: 1.3 }],
    ['at its minimum', 0.9, { min: 0.9 }],
    ['below a rival', 1.49, { below: ['electrodb'] }],
    ['below a rival that was not measured', 9, { below: ['dynamoose'] }],
  ])('takes a ratio %s', (_, ratio, limits) => {
    expect(brokenBounds([figure('cnop', ratio), figure('electrodb', 1.5)], [bound(limits)])).toEqual([]);
  });

  it.each([
    { ratio: 1.45, maxInShort: 1.6, problems: 0 },
    { ratio: 1.61, maxInShort: 1.6, problems: 1 },
    { ratio: 1.31, maxInShort: undefined, problems: 1 },
  ])('holds $ratio against the wider maximum of the short form, if it has one', ({ ratio, maxInShort, problems }) => {
    const wider = bound({ max: 1.3, ...(maxInShort !== undefined && { maxInShort }) });

    expect(brokenBounds([figure('cnop', ratio)], [wider], { short: true })).toHaveLength(problems);
    expect(brokenBounds([figure('cnop', ratio)], [wider])).toHaveLength(1);
  });

  it('holds the lower quartile against the maximum in the short form', () => {
    const noisy = { ...figure('cnop', 1.7), values: { lowerQuartile: 1.25 } };

    expect(brokenBounds([noisy], [bound({ max: 1.3 })], { short: true })).toEqual([]);
    expect(brokenBounds([noisy], [bound({ max: 1.2 })], { short: true })).toHaveLength(1);
    expect(brokenBounds([noisy], [bound({ max: 1.3 })])).toHaveLength(1);
  });

  it('takes a figure that was not measured', () => {
    expect(brokenBounds([figure('electrodb', 2)], [bound({ max: 1.3 })])).toEqual([]);
  });

  it.each([undefined, NaN])('names a figure whose ratio is %s', (ratio) => {
    expect(brokenBounds([figure('cnop', ratio)], [bound({ max: 1.3 })])).toEqual([expect.stringContaining('no ratio')]);
  });
});
