import { conversionOf, ratePath, RateKind, spreadBpsOf, type ExchangeRate } from '@cnop/entities-fx';

const published = {
  rateScale: 4,
  asOf: '2026-01-05T09:30:00.000Z',
  source: 'bank',
  kind: RateKind.TRADABLE,
  version: 1,
};
const rates = new Map<string, ExchangeRate>([
  ['USD', { base: 'EUR', quote: 'USD', midMinor: 11_000n, bidMinor: 10_995n, askMinor: 11_005n, ...published }],
  ['JPY', { base: 'EUR', quote: 'JPY', midMinor: 1_600_000n, ...published }],
]);

const { rate, mid, legs } = ratePath({ from: 'USD', to: 'JPY', pivot: 'EUR', rateOf: (code) => rates.get(code) });
console.log(legs.map(({ base, quote }) => base + quote).join()); // EURUSD,EURJPY

const spreadBps = spreadBpsOf({ code: 'USD', spreadBps: 20 }, { code: 'JPY', spreadBps: 30 });
const terms = { from: { code: 'USD', scale: 2 }, to: { code: 'JPY', scale: 0 }, rate, mid, spreadBps };
console.log(conversionOf(terms, { side: 'sell', amountMinor: 10_000n }).boughtMinor); // 14495n
console.log(conversionOf(terms, { side: 'buy', amountMinor: 14_495n }).soldMinor); // 10000n
