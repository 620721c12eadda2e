import fc from 'fast-check';
import { dueTick, type Due, type OrderType, sideOf, type TriggerTerms, type TriggerTick } from '@cnop/entities-order';
import { arbitraryOrder, at, orderOf, ticksOf } from './standing-orders.ts';

/** Which of the prices is due, and what it does. */
const dueAt = (order: TriggerTerms, ...prices: (bigint | Partial<TriggerTick>)[]) => {
  const ticks = ticksOf(...prices);
  const due = dueTick(order, ticks);

  return due && [due.tick.priceMinor, due.action];
};

describe(dueTick, () => {
  it.each<[string, TriggerTerms, bigint[], bigint | undefined, Due['action']?]>([
    ['a limit buy at its limit', orderOf('LIMIT_BUY', { limitPriceMinor: 100n }), [101n, 100n, 90n], 100n],
    ['a limit sell at its limit', orderOf('LIMIT_SELL', { limitPriceMinor: 100n }), [99n, 100n, 110n], 100n],
    ['a limit sell over a gap', orderOf('LIMIT_SELL', { limitPriceMinor: 100n }), [99n, 120n], 120n],
    ['a stop sell at its stop', orderOf('STOP_LOSS_SELL', { stopPriceMinor: 100n }), [101n, 100n], 100n],
    ['a stop sell over a gap', orderOf('STOP_LOSS_SELL', { stopPriceMinor: 100n }), [101n, 60n], 60n],
    [
      'a stop buy up to its collar',
      orderOf('STOP_LOSS_BUY', { stopPriceMinor: 100n, maxPriceMinor: 105n }),
      [99n, 105n],
      105n,
    ],
    [
      'a stop buy beyond its collar',
      orderOf('STOP_LOSS_BUY', { stopPriceMinor: 100n, maxPriceMinor: 105n }),
      [99n, 106n],
      106n,
      'EXCEED_COLLAR',
    ],
    ['a stop-limit sell within', orderOf('STOP_LOSS_SELL', { stopPriceMinor: 100n, limitPriceMinor: 95n }), [96n], 96n],
    [
      'a stop-limit sell beyond',
      orderOf('STOP_LOSS_SELL', { stopPriceMinor: 100n, limitPriceMinor: 95n }),
      [101n, 94n],
      94n,
      'WORK_AS_LIMIT',
    ],
    [
      'a stop-limit buy beyond',
      orderOf('STOP_LOSS_BUY', { stopPriceMinor: 100n, limitPriceMinor: 105n }),
      [106n],
      106n,
      'WORK_AS_LIMIT',
    ],
    [
      'a touched stop-limit, at its limit and never at its stop again',
      orderOf('STOP_LOSS_SELL', { stopPriceMinor: 100n, limitPriceMinor: 95n, triggeredAt: at(1) }),
      [96n, 94n, 120n],
      120n,
    ],
    ['a take-profit sell', orderOf('TAKE_PROFIT_SELL', { stopPriceMinor: 100n }), [99n, 100n], 100n],
    ['a take-profit buy', orderOf('TAKE_PROFIT_BUY', { stopPriceMinor: 100n }), [101n, 99n], 99n],
    [
      'a trail by amount from the placing on',
      orderOf('TRAILING_STOP_SELL', { trailAmountMinor: 10n, watermarkMinor: 100n }),
      [91n, 90n],
      90n,
    ],
    [
      'a trail that a price has raised',
      orderOf('TRAILING_STOP_SELL', { trailAmountMinor: 10n, watermarkMinor: 100n }),
      [120n, 111n, 110n],
      110n,
    ],
    [
      'a trail by percent, rounded down',
      orderOf('TRAILING_STOP_SELL', { trailBps: 333, watermarkMinor: 1_000n }),
      [967n, 966n],
      966n,
    ],
    [
      'a trailing buy by percent, rounded up',
      orderOf('TRAILING_STOP_BUY', { trailBps: 333, watermarkMinor: 1_000n }),
      [1_033n, 1_034n],
      1_034n,
    ],
    [
      'a trailing buy beyond its collar',
      orderOf('TRAILING_STOP_BUY', { trailAmountMinor: 10n, watermarkMinor: 100n, maxPriceMinor: 115n }),
      [90n, 99n, 116n],
      116n,
      'EXCEED_COLLAR',
    ],
    [
      'an OCO sell, profit side',
      orderOf('OCO_SELL', { limitPriceMinor: 120n, stopPriceMinor: 80n }),
      [81n, 120n],
      120n,
    ],
    ['an OCO sell, stop side', orderOf('OCO_SELL', { limitPriceMinor: 120n, stopPriceMinor: 80n }), [119n, 79n], 79n],
    [
      'an OCO buy, profit side',
      orderOf('OCO_BUY', { limitPriceMinor: 80n, stopPriceMinor: 120n, maxPriceMinor: 130n }),
      [80n],
      80n,
    ],
    [
      'an OCO buy, stop side beyond its collar',
      orderOf('OCO_BUY', { limitPriceMinor: 80n, stopPriceMinor: 120n, maxPriceMinor: 130n }),
      [131n],
      131n,
      'EXCEED_COLLAR',
    ],
    [
      'an OCO sell whose stop has a limit',
      orderOf('OCO_SELL', { limitPriceMinor: 120n, stopPriceMinor: 80n, stopLimitPriceMinor: 75n }),
      [70n],
      70n,
      'WORK_AS_LIMIT',
    ],
    [
      'a touched OCO sell, at the lower of its limits',
      orderOf('OCO_SELL', { limitPriceMinor: 120n, stopPriceMinor: 80n, stopLimitPriceMinor: 75n, triggeredAt: at(1) }),
      [70n, 74n, 75n],
      75n,
    ],
    [
      'a touched OCO buy, at the higher of its limits',
      orderOf('OCO_BUY', { limitPriceMinor: 80n, stopPriceMinor: 120n, stopLimitPriceMinor: 125n, triggeredAt: at(1) }),
      [130n, 126n, 125n],
      125n,
    ],
  ])('finds %s', (...[, order, prices, price, action = 'FILL']) => {
    expect(dueAt(order, ...prices)).toEqual([price, action]);
  });

  it('takes the profit side of an OCO where both are due: 65 of a mark of 70 with a trail of 2', () => {
    const order = orderOf('OCO_SELL', {
      limitPriceMinor: 65n,
      trailAmountMinor: 2n,
      watermarkMinor: 60n,
      repricedAt: at(1),
    });

    expect(dueAt(order, 70n, 66n)).toEqual([66n, 'FILL']);
  });

  it('fills a touched stop-limit buy at its limit', () => {
    const touched = orderOf('STOP_LOSS_BUY', { stopPriceMinor: 100n, limitPriceMinor: 105n, triggeredAt: at(1) });

    expect(dueAt(touched, 110n, 106n, 105n)).toEqual([105n, 'FILL']);
  });

  it('begins a watermark with the first tick where none was known', () => {
    expect(dueAt(orderOf('TRAILING_STOP_SELL', { trailAmountMinor: 10n }), 100n, 91n, 90n)).toEqual([90n, 'FILL']);
    expect(dueAt(orderOf('TRAILING_STOP_BUY', { trailAmountMinor: 10n }), 100n, 109n, 110n)).toEqual([110n, 'FILL']);
  });

  it('never has a limit order without its limit due', () => {
    expect(dueAt(orderOf('LIMIT_BUY'), 1n, 1_000n)).toBeUndefined();
  });

  it('fills a touched OCO at the limit that is met first, whichever it is', () => {
    const sell = { limitPriceMinor: 70n, stopLimitPriceMinor: 75n, triggeredAt: at(1) };
    const buy = { limitPriceMinor: 80n, stopLimitPriceMinor: 75n, triggeredAt: at(1) };

    expect(dueAt(orderOf('OCO_SELL', sell), 1n, 69n, 70n)).toEqual([70n, 'FILL']);
    expect(dueAt(orderOf('OCO_BUY', buy), 100n, 81n, 80n)).toEqual([80n, 'FILL']);
    expect(dueAt(orderOf('OCO_SELL', { ...sell, limitPriceMinor: undefined }), 1n, 75n)).toEqual([75n, 'FILL']);
  });

  it.each([
    ['observed before it was placed', { createdAt: at(1) }, at(2)],
    ['that was there when it was placed', { activeAsOf: at(1) }, at(2)],
    ['observed before it was repriced', { repricedAt: at(2) }, at(3)],
  ])('passes over a tick %s', (_, terms, expected) => {
    const order = orderOf('LIMIT_BUY', { limitPriceMinor: 100n, ...terms });

    expect(dueTick(order, ticksOf(100n, 100n, 100n))?.tick.asOf).toBe(expected);
  });

  it('lets an exit begin with the tick that filled its entry, whenever that was written', () => {
    const exit = orderOf('LIMIT_SELL', { limitPriceMinor: 100n, activeAsOf: at(1), createdAt: at(9) });

    expect(dueTick(exit, ticksOf(100n, 100n))).toBeUndefined();
    expect(dueTick({ ...exit, parentOrderId: 'entry' }, ticksOf(100n, 100n))?.tick.asOf).toBe(at(2));
  });

  it('fills nothing from its expiry on', () => {
    const order = orderOf('LIMIT_BUY', { limitPriceMinor: 100n, expiresAt: at(2) });

    expect(dueAt(order, 101n, 100n)).toBeUndefined();
    expect(dueAt(order, 100n)).toEqual([100n, 'FILL']);
  });

  it('neither fills nor moves a watermark at a tick that is not executable', () => {
    const order = orderOf('TRAILING_STOP_SELL', { trailAmountMinor: 10n, watermarkMinor: 100n });

    expect(
      dueAt(order, { priceMinor: 150n, executable: false }, { priceMinor: 1n, executable: false }, 91n),
    ).toBeUndefined();
  });

  it('moves a watermark, and fills nothing, at a tick that is paused', () => {
    const order = orderOf('TRAILING_STOP_SELL', { trailAmountMinor: 10n, watermarkMinor: 100n });

    expect(dueAt(order, { priceMinor: 150n, paused: true }, { priceMinor: 1n, paused: true }, 140n)).toEqual([
      140n,
      'FILL',
    ]);
  });

  it('moves a watermark by a tick that came too early to fill', () => {
    const order = orderOf('TRAILING_STOP_SELL', { trailAmountMinor: 10n, watermarkMinor: 100n, createdAt: at(1) });

    expect(dueAt(order, 150n, 140n)).toEqual([140n, 'FILL']);
  });

  it('finds the same tick however many come after it, and however many are passed over before', () => {
    const price = fc.bigInt(1n, 200n);
    fc.assert(
      fc.property(
        arbitraryOrder,
        fc.array(price, { maxLength: 20 }),
        fc.array(price, { maxLength: 5 }),
        (order, prices, more) => {
          const ticks = ticksOf(...prices);
          const due = dueTick(order, ticks);

          if (due) expect(dueTick(order, ticksOf(...prices, ...more))).toEqual(due);
          expect(dueTick(order, [...ticksBefore, ...ticks])).toEqual(due);
        },
      ),
    );
  });

  it('mirrors: a buy at prices 1000 − p is due where a sell at p is', () => {
    const mirrored = (terms: TriggerTerms): TriggerTerms => {
      const flip = (price: bigint | undefined) => (price === undefined ? undefined : 1_000n - price);
      return {
        ...terms,
        orderType: terms.orderType.replace('SELL', 'BUY') as OrderType,
        ...(terms.limitPriceMinor && { limitPriceMinor: flip(terms.limitPriceMinor)! }),
        ...(terms.stopPriceMinor && { stopPriceMinor: flip(terms.stopPriceMinor)! }),
        ...(terms.stopLimitPriceMinor && { stopLimitPriceMinor: flip(terms.stopLimitPriceMinor)! }),
        ...(terms.watermarkMinor && { watermarkMinor: flip(terms.watermarkMinor)! }),
      };
    };
    const sell = arbitraryOrder.filter(
      ({ orderType, trailBps }) => sideOf(orderType) === 'SELL' && trailBps === undefined,
    );

    fc.assert(
      fc.property(sell, fc.array(fc.bigInt(1n, 200n), { maxLength: 20 }), (order, prices) => {
        const due = dueTick(order, ticksOf(...prices));
        const reflection = dueTick(mirrored(order), ticksOf(...prices.map((price) => 1_000n - price)));

        expect(reflection && [reflection.tick.asOf, reflection.action]).toEqual(due && [due.tick.asOf, due.action]);
      }),
    );
  });
});

const ticksBefore = [{ asOf: at(0), priceMinor: 1n, executable: true }];
