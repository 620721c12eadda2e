import { createConflictingStore } from '../../src/hot-account.ts';
import { isDeclared } from '../../src/load.ts';
import { figureOf, type Sample } from '../../src/memory.ts';

describe(createConflictingStore, () => {
  const transaction = (...names: readonly string[]) => ({
    body: Buffer.from(
      JSON.stringify({
        TransactItems: names.map((name) => ({ Update: { TableName: 't', Key: { pk: { S: name }, sk: { S: 's' } } } })),
      }),
    ),
  });
  const outcomeOf = async (answer: Promise<unknown>) => {
    const { statusCode, body } = ((await answer) as { response: { statusCode: number; body: Uint8Array } }).response;
    return `${statusCode} ${
      String(Buffer.from(body))
        .match(/None|TransactionConflict/g)
        ?.join() ?? ''
    }`;
  };

  it('refuses a transaction while one of its items is in another, and takes it afterwards', async () => {
    const { requestHandler, requests } = createConflictingStore(20);
    const send = (...names: readonly string[]) => outcomeOf(requestHandler.handle(transaction(...names)));

    expect(await Promise.all([send('a', 'b'), send('c', 'b'), send('c')])).toEqual([
      '200 ',
      '400 None,TransactionConflict',
      '200 ',
    ]);
    expect(await send('c', 'b')).toBe('200 ');
    expect(requests()).toBe(4);
  });
});

describe(isDeclared, () => {
  const problem = (code: string, retryable: boolean) => JSON.stringify({ status: 503, code, retryable });

  it.each([
    [201, '{"status":"COMPLETED"}', true],
    [503, problem('THROTTLED', true), true],
    [422, problem('BALANCE_INSUFFICIENT', false), false],
    [502, '<html>', false],
    [500, 'null', false],
  ])('judges %d %s: %p', (status, body, expected) => {
    expect(isDeclared(status, body)).toBe(expected);
  });
});

describe(figureOf, () => {
  const figure = (...heaps: readonly number[]) =>
    figureOf(heaps.map((heapBytes, index): Sample => ({ heapBytes, residentBytes: 9, requests: 10 * index })));

  it('leaves the first third out', () => {
    expect(figure(5, 9, 20, 20, 20, 20)).toMatchObject({ ratio: 1, values: { bytesPerRequest: 0 } });
  });

  it('sees what each request leaves behind', () => {
    expect(figure(100, 200, 300, 400, 500, 600)).toMatchObject({ ratio: 1.57, values: { bytesPerRequest: 10 } });
  });

  it('is not misled by one sample among many', () => {
    expect(figure(1, 1, 1, 7, 7, 7, 7, 90, 7).ratio).toBe(1);
  });

  it('refuses fewer samples than thirds', () => {
    expect(() => figure(1, 2)).toThrow('three times at least');
  });
});
