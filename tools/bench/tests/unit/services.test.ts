import { createConflictingStore } from '../../src/hot-account.ts';
import { isDeclared } from '../../src/load.ts';
import { figureOf, type Sample } from '../../src/memory.ts';

describe(createConflictingStore, () => {
  it('refuses a transaction while one of its items is in another, and takes it afterwards', async () => {
    const { requestHandler, requests } = createConflictingStore(20);
    const send = async (...names: readonly string[]) => {
      const TransactItems = names.map((S) => ({ Update: { TableName: 't', Key: { pk: { S }, sk: { S } } } }));
      const answer = await requestHandler.handle({ body: Buffer.from(JSON.stringify({ TransactItems })) });
      const { body } = (answer as { response: { body: Uint8Array } }).response;
      return Buffer.from(body)
        .toString()
        .match(/None|TransactionConflict/g);
    };

    const sent = await Promise.all([send('a', 'b'), send('c', 'b'), send('c')]);

    expect(sent).toEqual([null, ['None', 'TransactionConflict'], null]);
    expect([await send('c', 'b'), requests()]).toEqual([null, 4]);
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

  it('refuses fewer samples than thirds', () => {
    expect(() => figure(1, 2)).toThrow('three times at least');
  });
});
