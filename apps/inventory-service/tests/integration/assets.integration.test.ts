import type { AssetListResponse, AssetResponse, TickListResponse } from '@cnop/entities-inventory';
import { useInventoryApp, type Sender } from '../support/inventory-app.ts';

const { send, database } = useInventoryApp();
const gold = { name: 'Gold', category: 'COMMODITY', currency: 'USD', decimals: 3, priceScale: 2 };

const create = (assetId: string, fields: object = {}, as: Sender = 'admin') =>
  send<AssetResponse>('/v1/assets', { as, method: 'POST', body: { assetId, ...gold, ...fields } });
const show = async (assetId: string) => (await send<AssetResponse>(`/v1/assets/${assetId}`)).body;

describe('POST /v1/assets', () => {
  it('makes an asset that has no price yet', async () => {
    const { status, body } = await create('GOLD', { minNotional: '5.00' });

    expect(status).toBe(201);
    expect(body).toMatchObject({ assetId: 'GOLD', status: 'ACTIVE', minNotional: '5.00', minQuantity: '0.001' });
    expect(body).not.toHaveProperty('price');
    expect(await show('GOLD')).toEqual(body);
  });

  it('makes an asset once', async () => {
    await create('ONCE');

    expect(await create('ONCE', { name: 'Other' })).toMatchObject({ status: 409, body: { code: 'ASSET_EXISTS' } });
    expect(await show('ONCE')).toMatchObject({ name: 'Gold' });
  });

  it('refuses the code of a currency', async () => {
    expect(await create('EUR')).toMatchObject({ status: 422, body: { code: 'ASSET_ID_RESERVED' } });
  });

  it.each([
    ['a price', { price: '1.00' }, '/price'],
    ['a version', { version: 7 }, '/version'],
    ['an id that forges a key', { assetId: 'A#B' }, '/assetId'],
    ['a scale beyond 18', { decimals: 19 }, '/decimals'],
    ['a category that is none', { category: 'ART' }, '/category'],
    ['no name', { name: '' }, '/name'],
  ])('refuses %s', async (_title, fields, pointer) => {
    expect(await create('REFUSED', fields)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(await send('/v1/assets/REFUSED')).toMatchObject({ status: 404 });
  });

  it.each<[Sender, number]>([
    ['nobody', 401],
    ['customer', 403],
    ['price-feed', 403],
  ])('is not for %s', async (as, status) => {
    expect(await create('DENIED', {}, as)).toMatchObject({ status });
    expect(await send('/v1/assets/DENIED')).toMatchObject({ status: 404, body: { code: 'ASSET_NOT_FOUND' } });
  });
});

describe('PATCH /v1/assets/{assetId}', () => {
  const change = (assetId: string, body: object, as: Sender = 'admin') =>
    send<AssetResponse>(`/v1/assets/${assetId}`, { as, method: 'PATCH', body });

  it('changes what may be changed, at the version that was read', async () => {
    await create('SILVER', { description: 'A metal.' });

    const changed = await change('SILVER', { expectedVersion: 1, name: 'Silver', description: null });

    expect(changed).toMatchObject({ status: 200, body: { name: 'Silver', termsVersion: 2 } });
    expect(changed.body).not.toHaveProperty('description');
    expect(await change('SILVER', { expectedVersion: 1, name: 'Tin' })).toMatchObject({
      status: 409,
      body: { code: 'VERSION_CONFLICT' },
    });
    expect(await show('SILVER')).toEqual(changed.body);
  });

  it('changes the terms of standing orders, and takes away what is null', async () => {
    const terms = { maxTickMoveBps: 500, execution: 'VENUE', maxFills: 8, triggerShards: 2, triggerReadShards: 4 };
    const { body: made } = await create('TERMS', terms);

    const changed = await change('TERMS', { expectedVersion: 1, maxTickMoveBps: null, triggerShards: 4 });

    expect(made).toMatchObject(terms);
    expect(changed).toMatchObject({ status: 200, body: { execution: 'VENUE', triggerShards: 4 } });
    expect(changed.body).not.toHaveProperty('maxTickMoveBps');
    expect(await change('TERMS', { expectedVersion: 2, triggerReadShards: null })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/triggerReadShards' }] },
    });
    expect(await create('UNREAD', { triggerShards: 2 })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/triggerReadShards' }] },
    });
    expect(await show('TERMS')).toEqual(changed.body);
  });

  it.each([
    ['nothing to change', { expectedVersion: 1 }],
    ['a band of no width', { expectedVersion: 1, maxTickMoveBps: 0 }],
    ['triggers that are paused', { expectedVersion: 1, triggersPaused: true }],
    ['no version', { name: 'X' }],
    ['a scale', { expectedVersion: 1, decimals: 2 }],
    ['a price', { expectedVersion: 1, price: '1.00' }],
    ['a status', { expectedVersion: 1, status: 'INACTIVE' }],
  ])('refuses %s', async (_title, body) => {
    await create('FIXED');

    expect(await change('FIXED', body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(await show('FIXED')).toMatchObject({ termsVersion: 1 });
  });

  it('knows no asset that is not there, and obeys administrators alone', async () => {
    expect(await change('NONE', { expectedVersion: 1, name: 'X' })).toMatchObject({ status: 404 });
    expect(await change('NONE', { expectedVersion: 1, name: 'X' }, 'customer')).toMatchObject({ status: 403 });
    expect(await change('NONE', { expectedVersion: 1, name: 'X' }, 'nobody')).toMatchObject({ status: 401 });
  });
});

describe('POST /v1/assets/{assetId}/activate and /deactivate', () => {
  const turn = (assetId: string, step: string, as: Sender = 'admin') =>
    send<AssetResponse>(`/v1/assets/${assetId}/${step}`, { as, method: 'POST' });

  it('close an asset for trade and open it again, however often', async () => {
    await create('DOOR');

    for (const [step, status] of [
      ['deactivate', 'INACTIVE'],
      ['deactivate', 'INACTIVE'],
      ['activate', 'ACTIVE'],
    ] as const) {
      expect(await turn('DOOR', step)).toMatchObject({ status: 200, body: { status } });
    }
  });

  it('obey administrators alone', async () => {
    await create('LOCKED');

    expect(await turn('LOCKED', 'deactivate', 'price-feed')).toMatchObject({ status: 403 });
    expect(await turn('LOCKED', 'deactivate', 'nobody')).toMatchObject({ status: 401 });
    expect(await turn('NOBODYS', 'deactivate')).toMatchObject({ status: 404 });
    expect(await show('LOCKED')).toMatchObject({ status: 'ACTIVE' });
  });
});

describe('POST /v1/assets/{assetId}/pause-triggers and /resume-triggers', () => {
  const turn = (assetId: string, step: string, as: Sender = 'admin') =>
    send<AssetResponse>(`/v1/assets/${assetId}/${step}`, { as, method: 'POST' });

  it('pause the triggers of an asset and resume them, however often', async () => {
    await create('CALM');

    for (const step of ['pause-triggers', 'pause-triggers']) {
      expect(await turn('CALM', step)).toMatchObject({ status: 200, body: { triggersPaused: true, status: 'ACTIVE' } });
    }
    for (const step of ['resume-triggers', 'resume-triggers']) {
      const { status, body } = await turn('CALM', step);

      expect(status).toBe(200);
      expect(body).not.toHaveProperty('triggersPaused');
    }
  });

  it('obey administrators alone', async () => {
    await create('QUIET');

    expect(await turn('QUIET', 'pause-triggers', 'price-feed')).toMatchObject({ status: 403 });
    expect(await turn('QUIET', 'pause-triggers', 'nobody')).toMatchObject({ status: 401 });
    expect(await turn('NOBODYS', 'pause-triggers')).toMatchObject({ status: 404 });
    expect(await show('QUIET')).not.toHaveProperty('triggersPaused');
  });
});

describe('GET /v1/assets/{assetId}/ticks', () => {
  const ticks = (assetId: string, query = '') => send<TickListResponse>(`/v1/assets/${assetId}/ticks${query}`);
  const start = database.clock.now().getTime() - 10_000;
  const at = (index: number) => new Date(start + index).toISOString();

  it('lists the accepted prices to anybody, the oldest first, page by page', async () => {
    await create('TICKED', { maxTickMoveBps: 1_000 });
    for (const [index, price] of ['10.00', '10.50', '20.00'].entries()) {
      const body = { price, asOf: at(index), source: 'feed' };
      await send(`/v1/assets/TICKED/price`, { as: 'price-feed', method: 'PUT', body });
    }

    const { status, body } = await ticks('TICKED');
    const first = await ticks('TICKED', `?from=${at(1)}&limit=1`);
    const rest = await ticks('TICKED', `?from=${at(1)}&limit=1&cursor=${first.body.nextCursor}`);

    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { asOf: at(0), price: '10.00', source: 'feed', executable: true },
      { asOf: at(1), price: '10.50', previousAsOf: at(0), executable: true },
      { asOf: at(2), price: '20.00', previousAsOf: at(1), executable: false, outOfBand: true },
    ]);
    expect([...first.body.items, ...rest.body.items]).toEqual(body.items.slice(1));
    expect((await ticks('TICKED', `?to=${at(1)}`)).body.items).toEqual(body.items.slice(0, 2));
    expect(await show('TICKED')).toMatchObject({
      price: '20.00',
      outOfBand: true,
      referencePrice: '10.50',
      referencePriceAsOf: at(1),
    });
  });

  it('has none of an asset without a price, and knows no asset that is not there', async () => {
    await create('SILENT');

    expect(await ticks('SILENT')).toMatchObject({ status: 200, body: { items: [] } });
    expect(await ticks('NONE')).toMatchObject({ status: 404, body: { code: 'ASSET_NOT_FOUND' } });
  });

  it.each([
    ['?from=yesterday', '/from'],
    [`?from=${at(1)}&to=${at(0)}`, '/to'],
    ['?limit=0', '/limit'],
    ['?status=ACTIVE', '/status'],
  ])('refuses %s', async (query, pointer) => {
    await create('ASKED');

    expect(await ticks('ASKED', query)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

describe('PUT /v1/assets/{assetId}/price', () => {
  const price = (assetId: string, body: object, as: Sender = 'price-feed') =>
    send<AssetResponse>(`/v1/assets/${assetId}/price`, { as, method: 'PUT', body });
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

  it('stores a price, and never an older one over a newer', async () => {
    await create('PRICED');

    const set = await price('PRICED', { price: '10.5', asOf: at(2), source: 'feed' });
    const older = await price('PRICED', { price: '9.00', asOf: at(1), source: 'feed' });

    expect(set).toMatchObject({ status: 200, body: { price: '10.50', priceAsOf: at(2), priceSource: 'feed' } });
    expect(older).toMatchObject({ status: 409, body: { code: 'PRICE_OUTDATED' } });
    expect(await show('PRICED')).toMatchObject({ price: '10.50' });
  });

  it.each([
    ['a number', { price: 1 }, '/price'],
    ['zero', { price: '0' }, '/price'],
    ['a time without a zone', { asOf: '2026-01-01T00:00:00' }, '/asOf'],
    ['a version', { version: 1 }, '/version'],
  ])('refuses %s', async (_title, fields, pointer) => {
    await create('STEADY');

    expect(await price('STEADY', { price: '1.00', asOf: at(0), source: 'feed', ...fields })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });

  it('refuses decimals beyond the scale of the asset', async () => {
    await create('COARSE');

    expect(await price('COARSE', { price: '1.001', asOf: at(0), source: 'feed' })).toMatchObject({
      status: 400,
      body: { code: 'AMOUNT_INVALID' },
    });
  });

  it.each<[Sender, number]>([
    ['nobody', 401],
    ['customer', 403],
    ['admin', 403],
  ])('is not for %s', async (as, status) => {
    await create('FEEDS');

    expect(await price('FEEDS', { price: '1.00', asOf: at(0), source: 'feed' }, as)).toMatchObject({ status });
    expect(await show('FEEDS')).not.toHaveProperty('price');
  });
});

describe('GET /v1/assets', () => {
  const list = (query = '') => send<AssetListResponse>(`/v1/assets${query}`);
  const idsOf = ({ body: { items } }: Awaited<ReturnType<typeof list>>) => items.map(({ assetId }) => assetId);

  it('lists what is open for trade to anybody, by status and category, page by page', async () => {
    for (const assetId of ['ETF1', 'ETF2', 'ETF3']) await create(assetId, { category: 'ETF' });
    await create('ETF4', { category: 'ETF', status: 'INACTIVE' });

    const all = idsOf(await list('?limit=100'));
    const first = await list('?category=ETF&status=ACTIVE&limit=2');
    const rest = await list(`?category=ETF&status=ACTIVE&limit=2&cursor=${first.body.nextCursor}`);

    expect(all).toEqual(expect.arrayContaining(['ETF1', 'ETF2', 'ETF3']));
    expect(all).not.toContain('ETF4');
    expect([...idsOf(first), ...idsOf(rest)].sort()).toEqual(['ETF1', 'ETF2', 'ETF3']);
    expect(idsOf(await list('?category=ETF')).sort()).toEqual(['ETF1', 'ETF2', 'ETF3', 'ETF4']);
    expect(idsOf(await list('?status=INACTIVE'))).toContain('ETF4');
  });

  it.each([
    ['?limit=101', '/limit'],
    ['?status=OPEN', '/status'],
    ['?category=etf', '/category'],
    ['?name=Gold', '/name'],
  ])('refuses %s', async (query, pointer) => {
    expect(await list(query)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('refuses the cursor of another query', async () => {
    await create('X1', { category: 'OTHER' });
    await create('X2', { category: 'OTHER' });
    const { body } = await list('?category=OTHER&limit=1');

    expect(await list(`?category=STOCK&limit=1&cursor=${body.nextCursor}`)).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
  });

  it.each(['a%23b', '..%2f..', 'x'.repeat(40)])('refuses the id %s', async (assetId) => {
    expect(await send(`/v1/assets/${assetId}`)).toMatchObject({ status: 400 });
  });
});
