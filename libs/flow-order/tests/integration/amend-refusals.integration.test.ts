import { refusalOf } from '@cnop/testing';
import { useOrderDesks } from '../support/order-desk.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { flow, orders } = exchange;
const { open } = useOrderDesks(exchange);

describe('an amendment that is refused', () => {
  it.each([
    ['LIMIT_BUY', { limitPrice: '50' }, ['stopPrice', 'stopLimitPrice', 'maxPrice', 'trailAmount', 'trailPercent']],
    ['LIMIT_SELL', { limitPrice: '70' }, ['stopPrice', 'stopLimitPrice', 'maxPrice', 'trailAmount']],
    ['STOP_LOSS_BUY', { stopPrice: '60' }, ['limitPrice', 'stopLimitPrice', 'trailAmount']],
    ['STOP_LOSS_BUY', { stopPrice: '60', limitPrice: '61' }, ['maxPrice']],
    ['STOP_LOSS_SELL', { stopPrice: '50' }, ['limitPrice', 'maxPrice', 'trailPercent']],
    ['TAKE_PROFIT_SELL', { stopPrice: '70' }, ['limitPrice', 'maxPrice']],
    ['TAKE_PROFIT_BUY', { stopPrice: '50' }, ['limitPrice', 'maxPrice']],
    ['TRAILING_STOP_SELL', { trailAmount: '3' }, ['limitPrice', 'stopPrice', 'maxPrice']],
    ['TRAILING_STOP_BUY', { trailAmount: '3' }, ['limitPrice', 'stopPrice', 'stopLimitPrice']],
    ['OCO_SELL', { limitPrice: '70', stopPrice: '50' }, ['trailAmount', 'stopLimitPrice', 'maxPrice']],
    ['OCO_SELL', { limitPrice: '70', trailAmount: '3' }, ['stopPrice']],
    ['OCO_BUY', { limitPrice: '50', stopPrice: '60', stopLimitPrice: '61' }, ['maxPrice', 'trailPercent']],
  ])('names the fields that a %s of %p does not have', async (orderType, terms, fields) => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType, quantity: '1', ...terms });
    const both = ['trailAmount', 'trailPercent'].every((field) => fields.includes(field));

    for (const field of fields) {
      const refusal = await refusalOf(amend(orderId, { [field]: '1', quantity: '2' }));
      expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ pointer: `/${field}` }] } });
    }
    if (!both) {
      const all = Object.fromEntries(fields.map((field) => [field, '1']));
      const refusal = await refusalOf(amend(orderId, all));
      expect(refusal).toHaveProperty('details.issues.length', fields.length);
    }
  });

  it('says at which field an amount has too many decimals', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });

    const refusal = await refusalOf(amend(orderId, { limitPrice: '50.0001' }));

    expect(refusal).toMatchObject({ code: 'AMOUNT_INVALID', details: { field: 'limitPrice' } });
  });

  it('expects another version', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    await amend(orderId, { quantity: '2', expectedVersion: 1 });

    const refusal = await refusalOf(amend(orderId, { quantity: '3', expectedVersion: 1 }));

    expect(refusal).toMatchObject({ code: 'VERSION_CONFLICT', details: { expectedVersion: 1, currentVersion: 2 } });
  });

  it('comes after 50 others of any kind', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'OCO_SELL', quantity: '1', limitPrice: '70', stopPrice: '50' });
    for (let n = 1; n <= 50; n += 1) await amend(orderId, { limitPrice: `${70 + n}`, stopPrice: `50.${n}` });

    const refusal = await refusalOf(amend(orderId, { quantity: '2' }));
    const { replayed } = await amend(orderId, { quantity: '1' });

    expect(refusal).toMatchObject({ code: 'AMEND_LIMIT_REACHED', details: { maximum: 50 } });
    expect(replayed).toBe(true);
  });

  it('is of another owner, or of an order that does not exist', async () => {
    const { place } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    const other = await exchange.trader();

    const refusal = await refusalOf(flow.amendOrder({ orderId, owner: other, amendment: { quantity: '2' } }));

    expect(refusal.code).toBe('ORDER_NOT_FOUND');
  });

  const bracket = { orderType: 'LIMIT_BUY', limitPrice: '50', exits: { takeProfitPrice: '55', stopPrice: '45' } };

  it.each<[string, object, string, string | undefined, string]>([
    ['ORDER_WOULD_TRIGGER', { orderType: 'STOP_LOSS_SELL', stopPrice: '50' }, 'stopPrice', '57.200', '57.199'],
    ['ORDER_WOULD_TRIGGER', { orderType: 'STOP_LOSS_BUY', stopPrice: '60' }, 'stopPrice', '57.200', '57.201'],
    ['ORDER_WOULD_TRIGGER', { orderType: 'TAKE_PROFIT_SELL', stopPrice: '60' }, 'stopPrice', '57.200', '57.201'],
    ['ORDER_WOULD_TRIGGER', { orderType: 'TAKE_PROFIT_BUY', stopPrice: '50' }, 'stopPrice', '57.200', '57.199'],
    [
      'ORDER_WOULD_TRIGGER',
      { orderType: 'OCO_SELL', limitPrice: '60', stopPrice: '50' },
      'limitPrice',
      '57.2',
      '57.201',
    ],
    [
      'ORDER_WOULD_TRIGGER',
      { orderType: 'OCO_SELL', limitPrice: '60', stopPrice: '50' },
      'stopPrice',
      '57.2',
      '57.199',
    ],
    ['ORDER_WOULD_TRIGGER', { orderType: 'TRAILING_STOP_SELL', trailAmount: '9' }, 'trailPercent', undefined, '0.01'],
    [
      'LIMIT_ON_WRONG_SIDE',
      { orderType: 'STOP_LOSS_SELL', stopPrice: '50', limitPrice: '49' },
      'limitPrice',
      '50.001',
      '50',
    ],
    [
      'LIMIT_ON_WRONG_SIDE',
      { orderType: 'STOP_LOSS_BUY', stopPrice: '60', limitPrice: '61' },
      'stopPrice',
      '61.001',
      '61',
    ],
    ['LIMIT_ON_WRONG_SIDE', { orderType: 'STOP_LOSS_BUY', stopPrice: '60' }, 'maxPrice', '59.999', '60'],
    [
      'LIMIT_ON_WRONG_SIDE',
      { orderType: 'OCO_SELL', limitPrice: '60', stopPrice: '50', stopLimitPrice: '49' },
      'stopLimitPrice',
      '50.001',
      '50',
    ],
    [
      'TRAIL_TOO_WIDE',
      { orderType: 'TRAILING_STOP_SELL', quantity: '1000', trailAmount: '9' },
      'trailAmount',
      '57.200',
      '57.199',
    ],
    ['QUANTITY_BELOW_MINIMUM', { orderType: 'LIMIT_SELL', limitPrice: '60000' }, 'quantity', '0.000099', '0.0001'],
    ['NOTIONAL_BELOW_MINIMUM', { orderType: 'LIMIT_BUY', limitPrice: '50' }, 'limitPrice', '0.990', '1'],
    ['NOTIONAL_BELOW_MINIMUM', { orderType: 'STOP_LOSS_SELL', stopPrice: '50' }, 'quantity', '0.019', '0.02'],
    ['EXITS_ON_WRONG_SIDE', bracket, 'limitPrice', '55', '54.999'],
    ['EXITS_ON_WRONG_SIDE', bracket, 'limitPrice', '45', '45.001'],
  ])('is %s by the rules of placing: %p with a %s', async (code, terms, ...[field, wrong, right]) => {
    const { place, amend } = await open('57.200', { gold: '1000' });
    const orderId = await place({ quantity: '1', ...terms });
    const before = await orders.getOrder(orderId);

    if (wrong !== undefined) {
      const refusal = await refusalOf(amend(orderId, { [field]: wrong }));
      expect(refusal.code).toBe(code);
      await expect(orders.getOrder(orderId)).resolves.toStrictEqual(before);
    }
    await expect(amend(orderId, { [field]: right })).resolves.toMatchObject({ replayed: false });
  });
});
