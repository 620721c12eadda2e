import { spreadBpsOf } from '@cnop/entities-fx';
import { thrownBy } from './thrown-by.ts';

describe('the spread of a conversion', () => {
  const euro = { code: 'EUR', spreadBps: 15, lockBpsPerMinute: 1 };
  const dollar = { code: 'USD', spreadBps: 20 };

  it('is the larger one of both currencies', () => {
    expect([spreadBpsOf(euro, dollar), spreadBpsOf(dollar, euro), spreadBpsOf(euro, euro)]).toEqual([20, 20, 15]);
  });

  it('grows by the larger price of a minute for each minute begun of a lock', () => {
    expect([0, 1, 60_000, 60_001, 900_000].map((lockMs) => spreadBpsOf(euro, dollar, lockMs))).toEqual([
      20, 21, 21, 22, 35,
    ]);
    expect(spreadBpsOf(dollar, dollar, 900_000)).toBe(20);
  });

  it.each([
    [{ code: 'EUR' }, dollar],
    [dollar, { code: 'EUR' }],
  ])('is none where a currency has none', (from, to) => {
    expect(thrownBy(() => spreadBpsOf(from, to))).toMatchObject({
      code: 'CURRENCY_PAIR_NOT_SUPPORTED',
      details: { from: from.code, to: to.code },
    });
  });
});
