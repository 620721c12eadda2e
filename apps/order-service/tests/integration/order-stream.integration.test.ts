import { getUserDao } from '@cnop/dao-user';
import { createOrderFlow } from '@cnop/flow-order';
import { createOrderEvents, followOrders, type OrderEvents } from '@cnop/order-service';
import { eventually } from '@cnop/testing';
import { openEvents, type EventClient } from '../support/read-events.ts';
import { useStandingDesk } from '../support/standing-desk.ts';

let events: OrderEvents;
const published: string[] = [];
const desk = useStandingDesk({
  events: (database, users) => {
    const { clock, ids } = database;
    events = createOrderEvents({ users, clock, ids, keptAtMost: 20 });
    return events;
  },
});
const { as, clock, database, list, owner, place } = desk;
const limitBuy = { orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '24' };
const opened: EventClient[] = [];
let url: string;
let reader: ReturnType<typeof followOrders>;

beforeAll(async () => {
  url = `${await desk.service().listen({ port: 0, host: '127.0.0.1' })}/v1/orders/stream`;
  const told: OrderEvents = {
    ...events,
    publish: (order) => {
      published.push(`${order.orderId} ${order.version}`);
      events.publish(order);
    },
  };
  reader = followOrders({ database, flow: createOrderFlow({ database }), events: told });
  await eventually('the reader reads the stream', async () => {
    await reader.poll();
    const { state, shards } = reader.status();
    return state.kind === 'reading' && shards.length > 0;
  });
});
afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});
afterAll(() => reader.stop());

const open = async (username: string, lastEventId?: string): Promise<EventClient> => {
  const { accessToken } = await desk.issuer().issue({ username, role: 'customer', sessionEpoch: 0 });
  const client = await openEvents(url, {
    authorization: `Bearer ${accessToken}`,
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  });
  opened.push(client);
  return client;
};
/** Waits until the stream of the table has told of a version of an order. */
const told = (orderId: string, version = 1) =>
  eventually('the order is published', async () => {
    await reader.poll();
    return published.includes(`${orderId} ${version}`);
  });
const placed = async (username: string, assetId: string) => {
  const { orderId } = await place(username, { ...limitBuy, assetId });
  await told(orderId);
  return orderId;
};

describe('GET /v1/orders/stream', () => {
  it('tells of each change of one’s own orders, and of no other', async () => {
    const assetId = await list();
    const [username, other] = [await owner(assetId), await owner(assetId)];
    const client = await open(username);

    await placed(other, assetId);
    const orderId = await placed(username, assetId);
    await desk.tick(assetId, '23.50');
    await told(orderId, 2);

    expect([client.status, client.contentType]).toEqual([200, 'text/event-stream']);
    expect(await client.next()).toMatchObject({
      event: 'order',
      data: { orderId, username, status: 'QUEUED', held: '24.00' },
    });
    expect(await client.next()).toMatchObject({
      event: 'order',
      data: { orderId, status: 'COMPLETED', averagePrice: '23.50' },
    });
  });

  it('shows the watermark of a trail as of now', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const client = await open(username);
    const { orderId } = await place(username, {
      orderType: 'TRAILING_STOP_SELL',
      assetId,
      quantity: '2',
      trailAmount: '1',
    });
    await desk.tick(assetId, '30.00');
    await as('customer', username)(`PATCH /v1/orders/${orderId}`, { quantity: '1' });
    await told(orderId, 2);

    await client.next();
    const { data } = (await client.next())!;

    expect(data).toMatchObject({ orderId, version: 2, watermark: '30.00', stopPrice: '29.00' });
  });

  it('goes on after the event that was received last', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const first = await open(username);
    await placed(username, assetId);
    const { id } = (await first.next())!;
    first.close();
    const [one, two] = [await placed(username, assetId), await placed(username, assetId)];

    const second = await open(username, id);

    expect(await second.next()).toMatchObject({ event: 'order', data: { orderId: one } });
    expect(await second.next()).toMatchObject({ event: 'order', data: { orderId: two } });
  });

  it.each(['another-process-1', '01J00000000000000000000000-1'])(
    'says so where it does not know that event: %s',
    async (id) => {
      const client = await open(await desk.trader(), id);

      expect(await client.next()).toEqual({ event: 'reset', data: {} });
    },
  );

  it('says so where that event is too long ago, and when changes were lost', async () => {
    const assetId = await list();
    const username = await owner(assetId);
    const client = await open(username);
    const orderId = await placed(username, assetId);
    const { id, data } = (await client.next())!;
    for (let version = 0; version < 21; version += 1)
      events.publish({ ...(data as never as Parameters<OrderEvents['publish']>[0]), username: 'else' });

    const late = await open(username, id);
    events.reset();

    expect(await late.next()).toEqual({ event: 'reset', data: {} });
    expect(await client.next()).toMatchObject({ event: 'reset' });
    expect(data).toMatchObject({ orderId });
  });

  it('is kept alive by a comment when it was silent for 15 s', async () => {
    const client = await open(await desk.trader());
    clock.advance(14_999);
    await events.beat();
    clock.advance(1);
    await events.beat();
    await events.beat();
    events.reset();

    expect(await client.next()).toMatchObject({ event: 'comment' });
    expect(await client.next()).toMatchObject({ event: 'reset' });
  });

  it('is opened five times by a user at most', async () => {
    const username = await desk.trader();
    const clients = [];
    for (let n = 0; n < 5; n += 1) clients.push(await open(username));
    const sixth = await as('customer', username)('GET /v1/orders/stream');
    const other = await open(await desk.trader());
    clients[0]!.close();

    const again = await eventually('the place is free', async () => {
      const client = await open(username);
      return client.status === 200 && client;
    });

    expect(sixth).toMatchObject({ status: 429, body: { code: 'TOO_MANY_STREAMS', details: { maximum: 5 } } });
    expect([other.status, again.status]).toEqual([200, 200]);
  });

  it('ends when the user may not act any more', async () => {
    const username = await desk.trader();
    const client = await open(username);
    await getUserDao(database).suspendUser(username);
    clock.advance(15_000);
    await events.beat();

    expect(await client.next()).toEqual({ event: 'end', data: { reason: 'access-ended' } });
    expect(await client.next()).toBeUndefined();
  });

  it('is for users alone, and takes a good id only', async () => {
    const username = await desk.trader();

    expect(await desk.send('/v1/orders/stream')).toMatchObject({ status: 401 });
    expect(await desk.send('/v1/orders/stream', { username, headers: { 'last-event-id': 'a b' } })).toMatchObject({
      status: 400,
    });
    expect(await as('customer', username)('GET /v1/orders/stream?all=true')).toMatchObject({ status: 400 });
  });

  it('ends with the token', async () => {
    const before = clock.now();
    const client = await open(await desk.trader());
    clock.set(new Date(Date.parse(new Date().toISOString()) + 3_600_000));
    await events.beat();
    clock.set(before);

    expect(await client.next()).toEqual({ event: 'end', data: { reason: 'token-expired' } });
    expect(await client.next()).toBeUndefined();
  });

  it('ends politely with its process', async () => {
    const client = await open(await desk.trader());

    await desk.service().close();

    expect(await client.next()).toEqual({ event: 'end', data: { reason: 'shutdown' } });
    expect(await client.next()).toBeUndefined();
  });
});
