import { createFaultInjector, delayRequest, everyCall, refuseOverlaps } from '../../../src/index.ts';
import { createFakeService, jsonOf, makeRequest } from '../../support/fake-service.ts';

const TableName = 't';
const Key = { pk: { S: 'P' }, sk: { S: '1' } };
const otherKey = { ...Key, sk: { S: '2' } };
const update = makeRequest('UpdateItem', { TableName, Key });

/** Two clients of one store; what the first one sends stays under way until it is let go. */
function setup() {
  const overlaps = refuseOverlaps();
  const held = delayRequest();
  const store = createFaultInjector({ inner: createFakeService(() => ({})), plan: everyCall(held) });
  const first = createFaultInjector({ inner: store, plan: everyCall(overlaps) });
  const second = createFaultInjector({ inner: createFakeService(() => ({})), plan: everyCall(overlaps) });

  return { first, second, held };
}

describe(refuseOverlaps, () => {
  it('refuses a write to an item while another one is on its way there, and not after it', async () => {
    const { first, second, held } = setup();
    const underway = first.handle(update);

    const meanwhile = await second.handle(update);
    await held.release();
    await underway;

    expect(jsonOf(meanwhile)).toMatchObject({
      __type: expect.stringContaining('#TransactionConflictException') as string,
    });
    expect((await second.handle(update)).response.statusCode).toBe(200);
  });

  it('names the actions of a transaction that overlap, checks among them', async () => {
    const { first, second, held } = setup();
    const underway = first.handle(update);
    const actions = [{ Put: { TableName, Item: otherKey } }, { ConditionCheck: { TableName, Key } }];

    const refused = await second.handle(makeRequest('TransactWriteItems', { TransactItems: actions }));
    await held.release();
    await underway;

    expect(jsonOf(refused)).toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    });
  });

  it.each([
    ['a write to another item', makeRequest('UpdateItem', { TableName, Key: otherKey })],
    ['a write to another table', makeRequest('UpdateItem', { TableName: 'u', Key })],
    ['a read', makeRequest('GetItem', { TableName, Key })],
  ])('lets %s pass', async (_, request) => {
    const { first, second, held } = setup();
    const underway = first.handle(update);

    expect((await second.handle(request)).response.statusCode).toBe(200);
    await held.release();
    await underway;
  });
});
