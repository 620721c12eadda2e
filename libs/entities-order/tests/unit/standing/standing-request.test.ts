import {
  orderAmendmentSchema,
  orderCreateSchema,
  standingTermsOf,
  type StandingOrderCreate,
} from '@cnop/entities-order';
import { thrownBy } from '../thrown-by.ts';

const scales = { quantityScale: 2, priceScale: 3, currencyScale: 2 };
const asset = { assetId: 'GLDX' };
const sell = { ...asset, quantity: '3' };
const expiresAt = '2026-03-02T14:30:00.000Z';

const valid: object[] = [
  { orderType: 'LIMIT_BUY', ...sell, limitPrice: '57.125' },
  { orderType: 'LIMIT_BUY', ...asset, notional: '500.00', limitPrice: '56' },
  { orderType: 'LIMIT_SELL', ...sell, limitPrice: '60', timeInForce: 'GTD', expiresAt },
  { orderType: 'LIMIT_SELL', ...sell, limitPrice: '60', timeInForce: 'FOK' },
  { orderType: 'STOP_LOSS_BUY', ...sell, stopPrice: '58', maxPrice: '60' },
  { orderType: 'STOP_LOSS_BUY', ...sell, stopPrice: '58', limitPrice: '58.5' },
  { orderType: 'STOP_LOSS_SELL', ...sell, stopPrice: '55', limitPrice: '54', expiresAt },
  { orderType: 'TAKE_PROFIT_BUY', ...asset, notional: '25', stopPrice: '50.001', timeInForce: 'GTC' },
  { orderType: 'TAKE_PROFIT_SELL', ...sell, stopPrice: '70' },
  { orderType: 'TRAILING_STOP_BUY', ...asset, notional: '250', trailPercent: '2.00', maxPrice: '60' },
  { orderType: 'TRAILING_STOP_SELL', ...sell, trailAmount: '1.5' },
  { orderType: 'OCO_SELL', ...sell, limitPrice: '62', stopPrice: '54', stopLimitPrice: '53' },
  { orderType: 'OCO_BUY', ...sell, limitPrice: '50', trailPercent: '99.99', maxPrice: '70' },
  { orderType: 'LIMIT_BUY', ...sell, limitPrice: '56', exits: { takeProfitPrice: '60', stopPrice: '55' } },
];

describe('orderCreateSchema of a standing order', () => {
  it.each(valid)('accepts %j as it is', (create) => {
    expect(orderCreateSchema.parse(create)).toStrictEqual(create);
  });

  it.each<[string, object, string]>([
    ['neither quantity nor notional', { orderType: 'LIMIT_BUY', ...asset, limitPrice: '1' }, 'quantity'],
    ['both quantity and notional', { orderType: 'LIMIT_BUY', ...sell, notional: '5', limitPrice: '1' }, 'quantity'],
    ['a notional of a sell', { orderType: 'LIMIT_SELL', ...sell, notional: '5', limitPrice: '1' }, ''],
    ['a notional of an OCO', { orderType: 'OCO_BUY', ...asset, notional: '5', limitPrice: '1', stopPrice: '2' }, ''],
    ['GTD without its time', { orderType: 'LIMIT_SELL', ...sell, limitPrice: '1', timeInForce: 'GTD' }, 'expiresAt'],
    [
      'GTC with a time',
      { orderType: 'LIMIT_SELL', ...sell, limitPrice: '1', timeInForce: 'GTC', expiresAt },
      'expiresAt',
    ],
    [
      'IOC with a time',
      { orderType: 'LIMIT_SELL', ...sell, limitPrice: '1', timeInForce: 'IOC', expiresAt },
      'expiresAt',
    ],
    ['IOC on a stop', { orderType: 'STOP_LOSS_SELL', ...sell, stopPrice: '1', timeInForce: 'IOC' }, 'timeInForce'],
    [
      'a limit and a cap',
      { orderType: 'STOP_LOSS_BUY', ...sell, stopPrice: '1', limitPrice: '2', maxPrice: '3' },
      'maxPrice',
    ],
    ['a cap of a sell', { orderType: 'STOP_LOSS_SELL', ...sell, stopPrice: '1', maxPrice: '3' }, ''],
    ['no trail', { orderType: 'TRAILING_STOP_SELL', ...sell }, 'trailAmount'],
    ['two trails', { orderType: 'TRAILING_STOP_SELL', ...sell, trailAmount: '1', trailPercent: '1' }, 'trailAmount'],
    ['a trail of 0 percent', { orderType: 'TRAILING_STOP_SELL', ...sell, trailPercent: '0.00' }, 'trailPercent'],
    ['a trail of 100 percent', { orderType: 'TRAILING_STOP_SELL', ...sell, trailPercent: '100' }, 'trailPercent'],
    ['a trail of three decimals', { orderType: 'TRAILING_STOP_SELL', ...sell, trailPercent: '1.125' }, 'trailPercent'],
    ['an OCO without a stop', { orderType: 'OCO_SELL', ...sell, limitPrice: '1' }, 'stopPrice'],
    [
      'an OCO with stop and trail',
      { orderType: 'OCO_SELL', ...sell, limitPrice: '1', stopPrice: '2', trailAmount: '1' },
      'stopPrice',
    ],
    [
      'a limit of a trail',
      { orderType: 'OCO_SELL', ...sell, limitPrice: '1', trailAmount: '1', stopLimitPrice: '1' },
      'stopLimitPrice',
    ],
    [
      'an OCO_BUY with limit and cap',
      { orderType: 'OCO_BUY', ...sell, limitPrice: '1', stopPrice: '2', stopLimitPrice: '3', maxPrice: '4' },
      'maxPrice',
    ],
    [
      'exits of a sell',
      { orderType: 'LIMIT_SELL', ...sell, limitPrice: '1', exits: { takeProfitPrice: '2', stopPrice: '1' } },
      '',
    ],
    [
      'exits of a market order',
      { orderType: 'MARKET_BUY', ...sell, exits: { takeProfitPrice: '2', stopPrice: '1' } },
      '',
    ],
    [
      'exits of a notional',
      {
        orderType: 'LIMIT_BUY',
        ...asset,
        notional: '5',
        limitPrice: '1',
        exits: { takeProfitPrice: '2', stopPrice: '1' },
      },
      'notional',
    ],
    [
      'exits without a stop',
      { orderType: 'LIMIT_BUY', ...sell, limitPrice: '1', exits: { takeProfitPrice: '2' } },
      'exits',
    ],
  ])('refuses %s', (_, create, field) => {
    const { error } = orderCreateSchema.safeParse(create);

    expect(error?.issues.map(({ path }) => path[0] ?? '')).toContain(field);
  });

  it('tells once of a percentage that is none', () => {
    const { error } = orderCreateSchema.safeParse({ orderType: 'TRAILING_STOP_SELL', ...sell, trailPercent: '4%' });

    expect(error?.issues.map(({ message }) => message)).toEqual([
      'Use a percentage from 0.01 to 99.99, with at most two decimals.',
    ]);
  });
});

describe(standingTermsOf, () => {
  it('reads every text in its own scale, and defaults nothing', () => {
    const order: StandingOrderCreate = {
      orderType: 'OCO_BUY',
      ...sell,
      limitPrice: '50.1',
      trailPercent: '1.25',
      maxPrice: '70',
      exits: { takeProfitPrice: '80', stopPrice: '45', stopLimitPrice: '44.999' },
    };

    expect(standingTermsOf(order, scales)).toStrictEqual({
      quantityMinor: 300n,
      limitPriceMinor: 50_100n,
      trailBps: 125,
      maxPriceMinor: 70_000n,
      exitTerms: { takeProfitPriceMinor: 80_000n, stopPriceMinor: 45_000n, stopLimitPriceMinor: 44_999n },
    });
  });

  it('has the time in force that is given', () => {
    const order = { orderType: 'LIMIT_SELL', ...sell, limitPrice: '60' } as const;

    expect(standingTermsOf({ ...order, timeInForce: 'GTD', expiresAt }, scales)).toStrictEqual({
      quantityMinor: 300n,
      limitPriceMinor: 60_000n,
      timeInForce: 'GTD',
      expiresAt,
    });
  });

  it.each<[string, Partial<StandingOrderCreate>, string]>([
    ['limitPrice', { limitPrice: '50.1234' }, 'limitPrice'],
    ['quantity', { quantity: '0.001' }, 'quantity'],
    ['notional', { quantity: undefined, notional: '0.001' }, 'notional'],
    ['exits.takeProfitPrice', { exits: { takeProfitPrice: '1.2345', stopPrice: '1' } }, 'exits.takeProfitPrice'],
    ['exits.trailAmount', { exits: { takeProfitPrice: '1', trailAmount: '0.0001' } }, 'exits.trailAmount'],
  ])('names %s when it has too many decimals', (_, fields, field) => {
    const order = { orderType: 'LIMIT_BUY', ...sell, limitPrice: '50', ...fields } as StandingOrderCreate;

    expect(thrownBy(() => standingTermsOf(order, scales))).toMatchObject({ details: { field } });
  });
});

describe('orderAmendmentSchema', () => {
  it('accepts a change of prices, quantity and expiry, at a version or at any', () => {
    const amendment = { quantity: '3', limitPrice: '1', expiresAt };

    expect(orderAmendmentSchema.parse(amendment)).toStrictEqual(amendment);
    expect(orderAmendmentSchema.parse({ ...amendment, expectedVersion: 2 })).toStrictEqual({
      ...amendment,
      expectedVersion: 2,
    });
  });

  it.each<[string, object, object]>([
    ['nothing', {}, { path: [], message: 'Name at least one field to change.' }],
    ['a version alone', { expectedVersion: 1 }, { path: [], message: 'Name at least one field to change.' }],
    [
      'two trails',
      { trailAmount: '1', trailPercent: '1' },
      { path: ['trailAmount'], message: 'Give either trailAmount or trailPercent.' },
    ],
  ])('refuses %s, and says what to do', (_, amendment, issue) => {
    expect(orderAmendmentSchema.safeParse(amendment).error?.issues).toEqual([expect.objectContaining(issue)]);
  });

  it.each([{ trailAmount: '1' }, { trailPercent: '1.5' }])('accepts the one trail of %j', (amendment) => {
    expect(orderAmendmentSchema.parse(amendment)).toStrictEqual(amendment);
  });

  it.each<[string, object]>([
    ['another type', { orderType: 'LIMIT_SELL' }],
    ['a notional', { notional: '5' }],
  ])('refuses %s', (_, amendment) => {
    expect(orderAmendmentSchema.safeParse(amendment).success).toBe(false);
  });
});
