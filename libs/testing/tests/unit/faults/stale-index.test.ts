import { createManualClock } from '@cnop/utils';
import { createFaultInjector, everyCall, loseRequest, script, staleIndex } from '../../../src/index.ts';
import { createFakeService, jsonOf, makeRequest } from '../../support/fake-service.ts';

const keyOf = (sk: string) => ({ pk: { S: 'P' }, sk: { S: sk } });
const Key = keyOf('1');
const Item = { ...Key, name: { S: 'Ada' } };
const TableName = 't';
const query = makeRequest('Query', { TableName, IndexName: 'byName' });
const stored = { Items: [keyOf('1'), keyOf('2')], Count: 2, ScannedCount: 2, LastEvaluatedKey: keyOf('2') };

function setup(answer: object = stored, statusCode = 200) {
  const clock = createManualClock('2026-01-05T09:30:00.000Z');
  const inner = createFakeService((target) => (target === 'Query' ? { statusCode, body: JSON.stringify(answer) } : {}));

  return { clock, injector: createFaultInjector({ inner, clock, plan: everyCall(staleIndex({ lagMs: 100 })) }) };
}

describe(staleIndex, () => {
  it.each([
    makeRequest('PutItem', { TableName, Item }),
    makeRequest('UpdateItem', { TableName, Key }),
    makeRequest('DeleteItem', { TableName, Key }),
    makeRequest('TransactWriteItems', {
      TransactItems: [{ ConditionCheck: { Key: keyOf('2') } }, { Put: { TableName, Item } }],
    }),
    makeRequest('TransactWriteItems', { TransactItems: [{ Update: { TableName, Key } }] }),
    makeRequest('TransactWriteItems', { TransactItems: [{ Delete: { TableName, Key } }] }),
    makeRequest('BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }),
    makeRequest('BatchWriteItem', { RequestItems: { [TableName]: [{ DeleteRequest: { Key } }] } }),
  ])('leaves out what was just written, case %#', async (write) => {
    const { clock, injector } = setup();
    await injector.handle(write);
    clock.advance(99);

    const early = await injector.handle(query);
    clock.advance(1);
    const late = await injector.handle(query);

    expect(jsonOf(early)).toEqual({ ...stored, Items: [keyOf('2')], Count: 1 });
    expect(jsonOf(late)).toEqual(stored);
  });

  it('shows what was written to another table, or not at all', async () => {
    const { injector } = setup();
    await injector.handle(makeRequest('PutItem', { TableName: 'other', Item }));
    await injector.handle(makeRequest('PutItem', { TableName }));
    injector.use(script([loseRequest()]));
    await injector.handle(makeRequest('PutItem', { TableName, Item })).catch(() => undefined);
    injector.use(everyCall(staleIndex({ lagMs: 100 })));

    expect(jsonOf(await injector.handle(query))).toEqual(stored);
  });

  it('knows items by the key attributes named', async () => {
    const { injector } = setup({ Items: [{ id: { N: '1' } }, { id: { N: '2' } }] });
    injector.use(everyCall(staleIndex({ lagMs: 100, keyAttributes: ['id'] })));
    await injector.handle(makeRequest('PutItem', { TableName, Item: { id: { N: '2' } } }));

    expect(jsonOf(await injector.handle(query))).toMatchObject({ Items: [{ id: { N: '1' } }] });
  });

  it.each([
    ['a Query on the table', 'Query', { TableName }],
    ['a GetItem', 'GetItem', { TableName, Key }],
  ])('cannot be injected into %s', (_, target, body) => {
    expect(staleIndex({ lagMs: 1 }).appliesTo!({ target, body: JSON.stringify(body) })).toBe(false);
  });

  it.each([
    ['a count', { Count: 2 }, 200],
    ['an error', { __type: 'x#ValidationException' }, 400],
  ])('passes on %s', async (_, answer, statusCode) => {
    const { injector } = setup(answer, statusCode);

    expect(jsonOf(await injector.handle(query))).toEqual(answer);
  });
});
