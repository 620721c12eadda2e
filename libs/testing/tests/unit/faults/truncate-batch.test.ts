import { createFaultInjector, everyCall, truncateBatch } from '../../../src/index.ts';
import { createFakeService, jsonOf, makeRequest } from '../../support/fake-service.ts';

const put = (n: number) => ({ PutRequest: { Item: { pk: { S: `${n}` } } } });
const write = makeRequest('BatchWriteItem', { RequestItems: { a: [put(1), put(2)], b: [put(3)] } });
const read = makeRequest('BatchGetItem', {
  RequestItems: { a: { Keys: [1, 2], ConsistentRead: true }, b: { Keys: [3] } },
});

async function run(request: typeof write, { keep, answer = {}, statusCode = 200, seed = 1 }: Options) {
  const inner = createFakeService(() => ({ statusCode, body: JSON.stringify(answer) }));
  const injector = createFaultInjector({
    inner,
    seed,
    plan: everyCall(truncateBatch({ ...(keep !== undefined && { keep }) })),
  });
  const response = await injector.handle(request);

  return {
    sent: inner.arrived.map(({ body }) => (JSON.parse(body) as { RequestItems: unknown }).RequestItems),
    response,
  };
}

interface Options {
  readonly keep?: number;
  readonly answer?: object;
  readonly statusCode?: number;
  readonly seed?: number;
}

describe(truncateBatch, () => {
  it('sends a part of a batch write and answers the rest as unprocessed', async () => {
    const { sent, response } = await run(write, { keep: 1, answer: { ConsumedCapacity: [] } });

    expect(sent).toEqual([{ a: [put(1)] }]);
    expect(jsonOf(response)).toEqual({ ConsumedCapacity: [], UnprocessedItems: { a: [put(2)], b: [put(3)] } });
  });

  it('sends a part of a batch read, keeps how it was to be read, and adds to what the service left itself', async () => {
    const { sent, response } = await run(read, {
      keep: 2,
      answer: { Responses: {}, UnprocessedKeys: { a: { Keys: [2] } } },
    });

    expect(sent).toEqual([{ a: { Keys: [1, 2], ConsistentRead: true } }]);
    expect(jsonOf(response)).toEqual({ Responses: {}, UnprocessedKeys: { a: { Keys: [2] }, b: { Keys: [3] } } });
  });

  it('keeps some but not all, as the seed decides', async () => {
    const runs = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => run(write, { seed })));
    const counts = runs.map(({ sent }) => Object.values(sent[0] as Record<string, unknown[]>).flat().length);

    expect(new Set(counts)).toEqual(new Set([1, 2]));
  });

  it('truncates nothing when all are kept', async () => {
    const { sent, response } = await run(write, { keep: 9 });

    expect(sent).toEqual([{ a: [put(1), put(2)], b: [put(3)] }]);
    expect(jsonOf(response)).toEqual({ UnprocessedItems: {} });
  });

  it.each([
    ['none is kept', write, { keep: 0 }],
    ['there is but one', makeRequest('BatchWriteItem', { RequestItems: { a: [put(1)] } }), {}],
  ])('is throttling when %s', async (_, request, options) => {
    const { sent, response } = await run(request, options);

    expect(sent).toEqual([]);
    expect(jsonOf(response)['__type']).toContain('#ProvisionedThroughputExceededException');
  });

  it('passes on an error of the service', async () => {
    const { response } = await run(write, { keep: 1, statusCode: 400, answer: { __type: 'x#ValidationException' } });

    expect(response.response.statusCode).toBe(400);
    expect(jsonOf(response)).toEqual({ __type: 'x#ValidationException' });
  });
});
