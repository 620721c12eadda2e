import { setTimeout } from 'node:timers/promises';
import type { SdkRequestHandler } from '@cnop/testing';
import { createTimedAttempt } from '../../src/clients/bank-record.ts';
import { observedHandler, presentCaller } from '../../src/network/observed-handler.ts';
import { createUnderWay } from '../../src/network/under-way.ts';

const request = (operation: string) => ({ headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` } });

function answering(...statusCodes: number[]): SdkRequestHandler {
  return {
    handle: async () => {
      await setTimeout(5);
      return { response: { statusCode: statusCodes.shift() ?? 200, headers: {} } };
    },
  };
}

function observed(inner: SdkRequestHandler) {
  let ticks = 0;
  const attempt = createTimedAttempt(() => (ticks += 1));
  const underWay = createUnderWay();
  const handler = observedHandler(inner, underWay);
  const send = (operation: string) => presentCaller.run(attempt, () => handler.handle(request(operation)));

  return { attempt, underWay, send };
}

describe(observedHandler, () => {
  it('tells an attempt when its transaction took effect, once', async () => {
    const { attempt, send } = observed(answering(400, 200, 200));

    await send('TransactWriteItems');
    expect(attempt).toMatchObject({ changedAt: [], writeAnsweredAt: 3, answeredAt: 3 });
    await send('TransactWriteItems');
    await send('TransactWriteItems');

    expect(attempt.changedAt).toEqual([6]);
    expect(attempt.servedAt()).toBe(7);
    expect(attempt.writeAnsweredAt).toBe(8);
  });

  it('takes no other request for a change', async () => {
    const { attempt, send } = observed(answering());

    await send('GetItem');

    expect(attempt).toMatchObject({ changedAt: [], writeAnsweredAt: undefined, answeredAt: 3 });
  });

  it('knows on whose behalf a request was sent that nobody waits for any more', async () => {
    const { attempt, underWay, send } = observed(answering());

    void send('TransactWriteItems');
    await underWay.settled();

    expect(attempt.changedAt).toHaveLength(1);
  });

  it('lets requests of nobody pass', async () => {
    const handler = observedHandler(answering(), createUnderWay());

    expect((await handler.handle(request('GetItem'))).response.statusCode).toBe(200);
  });
});

describe(createUnderWay, () => {
  it('settles when what follows upon something has ended too, however it ends', async () => {
    const underWay = createUnderWay();
    const ended: string[] = [];
    const first = underWay.track(setTimeout(5)).then(async () => {
      ended.push('first');
      await underWay
        .track(setTimeout(5).then(() => Promise.reject(new Error('lost'))))
        .catch(() => ended.push('second'));
    });

    await underWay.settled();

    expect(ended).toEqual(['first', 'second']);
    await first;
  });
});
