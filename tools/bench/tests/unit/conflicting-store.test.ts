import { createConflictingStore } from '../../src/conflicting-store.ts';

const transaction = (...names: readonly string[]) => ({
  body: new TextEncoder().encode(
    JSON.stringify({
      TransactItems: names.map((name) => ({ Update: { TableName: 't', Key: { pk: { S: name }, sk: { S: 's' } } } })),
    }),
  ),
});

async function answersOf(answers: readonly Promise<unknown>[]) {
  return (await Promise.all(answers)).map((answer) => {
    const { statusCode, body } = (answer as { response: { statusCode: number; body: Uint8Array } }).response;
    const { CancellationReasons = [] } = JSON.parse(new TextDecoder().decode(body)) as {
      CancellationReasons?: { Code: string }[];
    };
    return [statusCode, ...CancellationReasons.map(({ Code }) => Code)];
  });
}

describe(createConflictingStore, () => {
  it('refuses a transaction while one of its items is in another', async () => {
    const { requestHandler, requests } = createConflictingStore(20);

    const answers = [transaction('a', 'b'), transaction('c', 'b'), transaction('c')].map((sent) =>
      requestHandler.handle(sent),
    );

    expect(await answersOf(answers)).toEqual([[200], [400, 'None', 'TransactionConflict'], [200]]);
    expect(requests()).toBe(3);
  });

  it('takes it when the other is done', async () => {
    const { requestHandler } = createConflictingStore(1);

    await requestHandler.handle(transaction('a'));

    expect(await answersOf([requestHandler.handle(transaction('a'))])).toEqual([[200]]);
  });
});
