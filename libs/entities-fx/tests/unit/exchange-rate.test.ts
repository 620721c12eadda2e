import { exchangeRateSchema } from '@cnop/entities-fx';
import { makeRate } from './rates.ts';

const pathsOf = (rate: object) =>
  exchangeRateSchema.safeParse(rate).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('an exchange rate', () => {
  it.each([
    ['a mid alone', {}],
    ['a bid and an ask', { bidMinor: 109n, askMinor: 111n }],
    ['both at the mid', { bidMinor: 110n, askMinor: 110n }],
    ['a bid alone', { bidMinor: 110n }],
  ])('has %s', (_, sides) => {
    expect(exchangeRateSchema.parse(makeRate(sides))).toEqual(makeRate(sides));
  });

  it.each([
    ['a bid above the mid', { bidMinor: 111n }, 'midMinor'],
    ['an ask below the mid', { askMinor: 109n }, 'midMinor'],
    ['one currency twice', { quote: 'EUR' }, 'quote'],
    ['nothing to pay', { midMinor: 0n }, 'midMinor'],
    ['a scale that there is not', { rateScale: 19 }, 'rateScale'],
    ['a source without a name', { source: '' }, 'source'],
    ['a currency that is none', { base: 'EURO' }, 'base'],
  ])('has not %s', (_, broken, path) => {
    expect(pathsOf(makeRate(broken))).toContain(path);
  });
});
