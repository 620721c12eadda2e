import { brokenBounds, markdownTable, replaceSection, type Bound, type Figure } from '../../src/report.ts';
import { median, quantile, rotate, significant } from '../../src/statistics.ts';

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

describe(markdownTable, () => {
  it('has the title of the part, its figures and the machine', () => {
    expect(markdownTable('client-cpu', [figure('cnop', 1.1, { cpuMicros: 300 })])).toMatch(
      /^### Client CPU[^]*\| figure \| by \| ratio \| cpuMicros \|\n\| --- .*\n\| marketOrder \| cnop \| 1\.1 \| 300 \|\n[^]* GB, .*Node\.js v/,
    );
  });
});

describe(replaceSection, () => {
  const [begin, end] = ['<!-- growth -->', '<!-- end of growth -->'];

  it('keeps what is around the marks', () => {
    const once = replaceSection(`before\n${begin}\nold\n${end}\nafter\n`, 'growth', 'new\n');

    expect(once).toBe(`before\n${begin}\n\nnew\n\n${end}\nafter\n`);
    expect(replaceSection(once, 'growth', 'new\n')).toBe(once);
  });

  it.each(['no marks', begin, end])('refuses a document that lacks a mark', (document) => {
    expect(() => replaceSection(document, 'growth', 'new')).toThrow('lacks the marks of growth');
  });
});

describe(quantile, () => {
  it.each([
    [[3], 0.5, 3],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 0, 1],
    [[1, 2, 3, 4, 5], 1, 5],
    [[10, 20], 0.25, 12.5],
  ])('of %p at %d is %d', (values, part, expected) => {
    expect(quantile(values, part)).toBe(expected);
  });

  it('leaves the order of its input, and refuses no values', () => {
    const values = [3, 1, 2];

    expect([median(values), values]).toEqual([2, [3, 1, 2]]);
    expect(() => median([])).toThrow(RangeError);
  });
});

it('begins with another element in each round', () => {
  expect([0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  expect(rotate([], 3)).toEqual([]);
});

it('rounds to significant digits', () => {
  expect([1.23456, 123_456, 0.00012345].map((value) => significant(value))).toEqual([1.23, 123_000, 0.000123]);
});
