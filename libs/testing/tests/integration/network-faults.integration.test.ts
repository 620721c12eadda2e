import { PutItemCommand, TransactWriteItemsCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  crashAfter,
  crashBefore,
  delayRequest,
  delayResponse,
  eventually,
  everyCall,
  forgetToken,
  landLate,
  loseRequest,
  loseResponse,
  refuseConnection,
  script,
  type Fault,
} from '@cnop/testing';
import { errorOf, item, keyOf, useTestTable } from '../support/test-table.ts';

const table = useTestTable();

const put = (sk: string) => new PutItemCommand({ TableName: table.name, Item: item(sk) });
const timeout = { name: 'TimeoutError', code: 'ETIMEDOUT' };
const reset = { name: 'TimeoutError', code: 'ECONNRESET' };
const losses: { readonly fault: Fault; readonly expected: object; readonly carriedOut?: boolean }[] = [
  { fault: loseRequest(), expected: timeout },
  { fault: loseRequest({ as: 'reset' }), expected: reset },
  { fault: loseResponse(), expected: timeout, carriedOut: true },
  { fault: loseResponse({ as: 'reset' }), expected: reset, carriedOut: true },
  { fault: refuseConnection(), expected: { name: 'Error', code: 'ECONNREFUSED' } },
  { fault: refuseConnection('ENOTFOUND'), expected: { name: 'Error', code: 'ENOTFOUND' } },
];

describe('a fault of the network', () => {
  it.each(losses)('$fault.name', async ({ fault, expected, carriedOut = false }) => {
    const { client, faults } = table.faulty({ plan: everyCall(fault) });

    const error = await errorOf(client.send(put(fault.name)));

    expect(error).toMatchObject(expected);
    expect((await table.keys()).includes(fault.name)).toBe(carriedOut);
    expect(faults.calls).toMatchObject([{ target: 'PutItem', fault: fault.name, carriedOut }]);
  });

  it.each([
    ['delayed request', delayRequest, false],
    ['delayed response', delayResponse, true],
  ])('a %s', async (name, delay, early) => {
    const fault = delay();
    const { client, faults } = table.faulty({ plan: everyCall(fault) });

    const answer = client.send(put(name));
    await eventually('the request has met the fault', () => faults.calls.length === 1);
    await faults.settled();

    expect((await table.keys()).includes(name)).toBe(early);
    await fault.release();
    await expect(answer).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
    expect(await table.keys()).toContain(name);
  });

  it('an attempt that lands after a later one', async () => {
    const late = landLate();
    const { client, faults } = table.faulty({ plan: script([late]) });
    const set = (sk: string, owner: string) =>
      client.send(new PutItemCommand({ TableName: table.name, Item: item(sk, { owner: { S: owner } }) }));

    await errorOf(set('late', 'first'));
    await set('late', 'second');
    await late.release();

    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: keyOf('late') }));
    expect(Item).toMatchObject({ owner: { S: 'first' } });
    expect(faults.calls).toMatchObject([{ carriedOut: true }, { carriedOut: true }]);
  });

  it.each([
    ['before', crashBefore(), false],
    ['after', crashAfter(), true],
  ])('the death of the caller %s its request', async (when, fault, carriedOut) => {
    const { client, faults } = table.faulty({ plan: everyCall(fault) });
    let heard = false;

    client.send(put(`death ${when}`)).then(
      () => (heard = true),
      () => (heard = true),
    );
    await faults.crashed;
    client.send(put('from the grave')).then(
      () => (heard = true),
      () => (heard = true),
    );
    // It would have arrived before one that is sent after it and answered.
    await table.faulty().client.send(put(`after the death ${when}`));

    const keys = await table.keys();
    expect([keys.includes(`death ${when}`), keys.includes('from the grave'), heard]).toEqual([
      carriedOut,
      false,
      false,
    ]);
  });

  it('a repeat whose token is forgotten, which only the data can tell from a new transaction', async () => {
    const { client } = table.faulty({ plan: script([loseResponse(), loseResponse(), forgetToken()]) });
    const Put = { TableName: table.name, Item: item('once'), ConditionExpression: 'attribute_not_exists(pk)' };
    const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Put }], ClientRequestToken: 'one-and-only' });

    await errorOf(client.send(transaction));
    await errorOf(client.send(transaction));
    const forgotten = await errorOf(client.send(transaction));
    const remembered = await client.send(transaction);

    expect(forgotten).toMatchObject({ CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] });
    expect(remembered.$metadata.httpStatusCode).toBe(200);
  });
});
