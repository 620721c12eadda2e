import { Readable } from 'node:stream';
import { createManualClock } from '@cnop/utils';
import {
  after,
  answerWith,
  cancelTransaction,
  createFaultInjector,
  crashAfter,
  crashBefore,
  delayResponse,
  everyCall,
  forgetToken,
  formatCalls,
  loseRequest,
  loseResponse,
  script,
} from '../../../src/index.ts';
import { createFakeService, isSettled, jsonOf, makeRequest, makeTransaction } from '../../support/fake-service.ts';

const put = makeRequest('PutItem', { TableName: 't', Item: { pk: { S: 'a' } } });
const get = makeRequest('GetItem', { TableName: 't' });

describe(createFaultInjector, () => {
  it('lets everything pass without a plan', async () => {
    const inner = createFakeService(() => ({ body: Readable.from([Buffer.from('{"a"'), Buffer.from(':1}')]) }));
    const injector = createFaultInjector({ inner });

    const answer = await injector.handle(put);

    expect(jsonOf(answer)).toEqual({ a: 1 });
    expect(inner.arrived).toEqual([{ target: 'PutItem', body: '{"TableName":"t","Item":{"pk":{"S":"a"}}}' }]);
  });

  it('passes on an answer without a body, and why', async () => {
    const inner = { handle: async () => ({ response: { statusCode: 204, reason: 'No Content', headers: {} } }) };

    const { response } = await createFaultInjector({ inner }).handle(put);

    expect(response).toEqual({ statusCode: 204, reason: 'No Content', headers: {}, body: new Uint8Array() });
  });

  it('records what befell each call and whether it was carried out', async () => {
    const clock = createManualClock('2026-01-05T09:30:00.000Z');
    const inner = createFakeService((target) => ({ statusCode: target === 'GetItem' ? 400 : 200 }));
    const injector = createFaultInjector({ inner, clock, plan: script([loseRequest(), loseResponse()]) });

    await Promise.allSettled([injector.handle(put), injector.handle(put)]);
    await injector.handle(get);

    const landedAtMs = clock.now().getTime();
    expect(injector.calls).toEqual([
      expect.objectContaining({ index: 1, target: 'PutItem', fault: 'lost request (timeout)', carriedOut: false }),
      expect.objectContaining({
        index: 2,
        fault: 'lost response (timeout)',
        statusCode: 200,
        landedAtMs,
        carriedOut: true,
      }),
      expect.objectContaining({ index: 3, target: 'GetItem', fault: 'none', statusCode: 400, carriedOut: false }),
    ]);
    expect(injector.bodiesOf('GetItem')).toEqual(['{"TableName":"t"}']);
    expect(formatCalls(injector.calls)).toBe(
      [
        'call  target   fault                    carried out',
        '1     PutItem  lost request (timeout)   no',
        '2     PutItem  lost response (timeout)  yes',
        '3     GetItem  none                     refused (400)',
      ].join('\n'),
    );
  });

  it('remembers as many calls as it was told, the latest, and numbers them on', async () => {
    const injector = createFaultInjector({ inner: createFakeService(), keepCalls: 10 });

    for (let call = 1; call <= 95; call += 1) await injector.handle(put);

    expect(injector.calls.length).toBeGreaterThanOrEqual(10);
    expect(injector.calls.length).toBeLessThan(20);
    expect(injector.calls.at(-1)).toMatchObject({ index: 95 });
  });

  it('goes by the script of an operation first, then by the plan, until it is healed', async () => {
    const injector = createFaultInjector({ inner: createFakeService(), plan: everyCall(loseRequest()) });
    injector.script('PutItem', answerWith({ first: true }));
    injector.script('PutItem', answerWith({ second: true }));

    const answers = [await injector.handle(put), await injector.handle(put)];
    await expect(injector.handle(put)).rejects.toThrow();
    injector.use(everyCall(answerWith({ planned: true })));
    answers.push(await injector.handle(put));
    injector.script('PutItem', loseRequest());
    injector.heal();
    answers.push(await injector.handle(put));

    expect(answers.map(jsonOf)).toEqual([{ first: true }, { second: true }, { planned: true }, {}]);
  });

  it('lets a call pass, and records it, when its fault cannot be injected', async () => {
    const injector = createFaultInjector({ inner: createFakeService() });
    injector.script('GetItem', cancelTransaction('TransactionConflict'));

    await injector.handle(get);

    expect(injector.calls[0]).toMatchObject({
      fault: 'none (not applicable: cancelled (TransactionConflict))',
      carriedOut: true,
    });
  });

  it('lets something else happen between two attempts', async () => {
    const inner = createFakeService();
    const injector = createFaultInjector({ inner });
    const events: number[] = [];
    injector.script(
      'PutItem',
      after(async () => events.push(inner.arrived.length)),
      after(async () => events.push(0), loseRequest()),
    );

    await injector.handle(put);
    await expect(injector.handle(put)).rejects.toMatchObject({ code: 'ETIMEDOUT' });

    expect(events).toEqual([0, 0]);
    expect(inner.arrived).toHaveLength(1);
  });

  it('forgets the token of a transaction and changes nothing else', async () => {
    const inner = createFakeService();
    const injector = createFaultInjector({ inner, plan: everyCall(forgetToken()), seed: 3 });

    await injector.handle(makeTransaction(1));
    await injector.handle(makeTransaction(1));

    const [one, other] = inner.arrived.map(({ body }) => JSON.parse(body) as { ClientRequestToken: string });
    expect(one).toEqual({ ...other, ClientRequestToken: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    expect(one!.ClientRequestToken).not.toBe(other!.ClientRequestToken);
    expect(injector.bodiesOf('TransactWriteItems')[0]).toContain('"token-1"');
  });

  it('shows its seed, one of its own if none is given', () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);

    const given = createFaultInjector({ inner: createFakeService(), seed: 'a', log });
    const drawn = createFaultInjector({ inner: createFakeService(), log });

    expect(lines).toEqual(['Fault injection: seed a', `Fault injection: seed ${drawn.seed}`]);
    expect(given.seed).toBe('a');
    expect(drawn.seed).toEqual(expect.any(Number));
  });

  it('takes requests of other services, which have no target, with their body', async () => {
    const inner = { handle: async () => ({ response: { statusCode: 200, headers: {}, body: '' } }) };
    const injector = createFaultInjector({ inner });

    await injector.handle({ headers: {}, body: 'Action=AssumeRole' });
    await injector.handle({ headers: {} });

    expect(injector.calls).toMatchObject([
      { target: '', body: 'Action=AssumeRole', carriedOut: true },
      { target: '', body: '', carriedOut: true },
    ]);
  });

  it('stands for its inner handler', () => {
    const updates: unknown[] = [];
    const inner = {
      ...createFakeService(),
      metadata: { handlerProtocol: 'h2' },
      destroy: () => updates.push('destroyed'),
      updateHttpClientConfig: (key: string, value: unknown) => updates.push([key, value]),
      httpHandlerConfigs: () => ({ requestTimeout: 1 }),
    };
    const injector = createFaultInjector({ inner });

    injector.updateHttpClientConfig('requestTimeout' as never, 5 as never);
    injector.destroy();

    expect(injector.metadata).toEqual({ handlerProtocol: 'h2' });
    expect(injector.httpHandlerConfigs()).toEqual({ requestTimeout: 1 });
    expect(updates).toEqual([['requestTimeout', 5], 'destroyed']);
  });

  it('needs no more of its inner handler than that it handles', () => {
    const injector = createFaultInjector({ inner: createFakeService() });

    injector.updateHttpClientConfig('requestTimeout' as never, 5 as never);
    injector.destroy();

    expect(injector.metadata).toEqual({ handlerProtocol: 'http/1.1' });
    expect(injector.httpHandlerConfigs()).toEqual({});
  });
});

describe('an aborted call', () => {
  it.each(['before', 'while'])('ends when it is aborted %s it runs; its request arrives all the same', async (when) => {
    const inner = createFakeService();
    const held = delayResponse();
    const injector = createFaultInjector({ inner, plan: everyCall(held) });
    const abort = new AbortController();
    if (when === 'before') abort.abort();

    const call = injector.handle(put, { abortSignal: abort.signal });
    abort.abort();

    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    await injector.settled();
    await held.release();
    expect(inner.arrived).toHaveLength(1);
  });

  it('is like any other when nobody aborts it', async () => {
    const injector = createFaultInjector({ inner: createFakeService() });

    await expect(injector.handle(put, { abortSignal: new AbortController().signal })).resolves.toBeDefined();
  });
});

describe('a process that dies', () => {
  it.each([
    ['before', crashBefore(), 0],
    ['after', crashAfter(), 1],
  ])('%s a request hears of nothing any more', async (_, fault, arrivals) => {
    const inner = createFakeService();
    let wake: () => void = () => undefined;
    const sleep = () => new Promise<void>((resolve) => (wake = resolve));
    const injector = createFaultInjector({ inner, sleep, plan: script([delayResponse(20), fault]) });
    const earlier = injector.handle(get);

    const deadly = injector.handle(put);
    await injector.crashed;
    const later = injector.handle(put);

    await injector.settled();
    expect(await isSettled(Promise.race([deadly, later]))).toBe(false);
    wake();
    expect(await isSettled(earlier)).toBe(false);
    expect(inner.arrived).toHaveLength(1 + arrivals);
    expect(injector.calls).toHaveLength(2);
  });

  it('of itself does not hear of failures either', async () => {
    const injector = createFaultInjector({ inner: createFakeService(), plan: everyCall(loseResponse()) });
    const call = injector.handle(put);

    injector.crash();

    await injector.settled();
    expect(await isSettled(call)).toBe(false);
  });
});
