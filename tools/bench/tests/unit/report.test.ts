import { brokenBounds, type Bound, type Figure } from '../../src/report.ts';
import { measureInTurn, quantile } from '../../src/statistics.ts';

const named = { part: 'client-cpu', name: 'marketOrder' } as const;
const figure = (contender: string, ratio?: number, values: Figure['values'] = {}): Figure => ({
  ...named,
  contender,
  ...(ratio !== undefined && { ratio }),
  values,
});
const bound = (limits: Partial<Bound>): Bound => ({ ...named, contender: 'cnop', ...limits });

describe(brokenBounds, () => {
  it.each([
    { ratio: 1.31, limits: { max: 1.3 }, problem: '1.31 is above 1.3' },
    { ratio: 0.89, limits: { min: 0.9 }, problem: '0.89 is below 0.9' },
    { ratio: 1.5, limits: { below: ['electrodb'] }, problem: 'not below the 1.5 of electrodb' },
    { ratio: undefined, limits: { max: 1.3 }, problem: 'no ratio' },
    { ratio: NaN, limits: { max: 1.3 }, problem: 'no ratio' },
  ])('says that $problem', ({ ratio, limits, problem }) => {
    const broken = brokenBounds([figure('cnop', ratio), figure('electrodb', 1.5)], [bound(limits)]);

    expect(broken).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['at its maximum', 1.3, { max: 1.3 }],
    ['at its minimum', 0.9, { min: 0.9 }],
    ['below a rival', 1.49, { below: ['electrodb'] }],
    ['below a rival that was not measured', 9, { below: ['dynamoose'] }],
    ['of another name', 9, { name: 'getOrder', max: 1.3 }],
  ])('takes a ratio %s', (_, ratio, limits) => {
    expect(brokenBounds([figure('cnop', ratio), figure('electrodb', 1.5)], [bound(limits)])).toEqual([]);
  });

  it.each([
    { ratio: 1.45, maxInShort: 1.6, problems: 0 },
    { ratio: 1.61, maxInShort: 1.6, problems: 1 },
    { ratio: 1.31, maxInShort: undefined, problems: 1 },
  ])('holds $ratio against the wider maximum of the short form, if it has one', ({ ratio, maxInShort, problems }) => {
    const wider = bound({ max: 1.3, ...(maxInShort !== undefined && { maxInShort }) });

    expect(brokenBounds([figure('cnop', ratio)], [wider], true)).toHaveLength(problems);
    expect(brokenBounds([figure('cnop', ratio)], [wider])).toHaveLength(1);
  });

  it('holds the lower quartile against the maximum in the short form', () => {
    const noisy = figure('cnop', 1.7, { lowerQuartile: 1.25 });

    expect(brokenBounds([noisy], [bound({ max: 1.3 })], true)).toEqual([]);
    expect(brokenBounds([noisy], [bound({ max: 1.2 })], true)).toHaveLength(1);
    expect(brokenBounds([noisy], [bound({ max: 1.3 })])).toHaveLength(1);
  });
});

describe(quantile, () => {
  it.each([
    [[3], 0.5, 3],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 1, 5],
    [[10, 20], 0.25, 12.5],
  ])('of %p at %d is %d', (values, part, expected) => {
    expect(quantile(values, part)).toBe(expected);
  });
});

describe(measureInTurn, () => {
  it('begins with another one in each round, and takes each ratio within a round', async () => {
    const order: string[] = [];
    const measure = (name: string) => Promise.resolve(order.push(name));

    const [base, other] = await measureInTurn(['a', 'b'], 3, { measure, figureOf: (figure) => figure });

    expect(order.join('')).toBe('abbaab');
    expect(base).toEqual({ name: 'a', own: [1, 4, 5], ratios: [1, 1, 1] });
    expect(other).toEqual({ name: 'b', own: [2, 3, 6], ratios: [2, 0.75, 1.2] });
  });
});
