import {
  createFaultInjector,
  crashUnderway,
  delayRequest,
  delayResponse,
  everyCall,
  landLate,
} from '../../../src/index.ts';
import { createFakeService, isSettled, makeRequest } from '../../support/fake-service.ts';

const put = makeRequest('PutItem');

function setup(fault: Parameters<typeof everyCall>[0]) {
  const inner = createFakeService();
  const slept: number[] = [];
  let wake: () => void = () => undefined;
  const sleep = (ms: number) => {
    slept.push(ms);
    return new Promise<void>((resolve) => {
      wake = resolve;
    });
  };

  return { inner, slept, wake: () => wake(), injector: createFaultInjector({ inner, sleep, plan: everyCall(fault) }) };
}

describe.each([
  ['delayed request', delayRequest, 0],
  ['delayed response', delayResponse, 1],
])('a %s', (name, delay, arrivals) => {
  it('waits until it is released', async () => {
    const fault = delay();
    const { injector, inner } = setup(fault);

    const call = injector.handle(put);

    expect(await isSettled(call)).toBe(false);
    expect(inner.arrived).toHaveLength(arrivals);
    await fault.release();
    await expect(call).resolves.toMatchObject({ response: { statusCode: 200 } });
    expect(inner.arrived).toHaveLength(1);
  });

  it('waits for the given time', async () => {
    const { injector, inner, slept, wake } = setup(delay(50));

    const call = injector.handle(put);

    expect(await isSettled(call)).toBe(false);
    expect(inner.arrived).toHaveLength(arrivals);
    wake();
    await expect(call).resolves.toMatchObject({ response: { statusCode: 200 } });
    expect(slept).toEqual([50]);
    expect(injector.calls[0]).toMatchObject({ fault: `${name} (50 ms)`, carriedOut: true });
  });
});

describe(landLate, () => {
  it('tells the caller of a time-out and lands when it is released', async () => {
    const fault = landLate();
    const { injector, inner } = setup(fault);

    await expect(injector.handle(put)).rejects.toMatchObject({ name: 'TimeoutError', code: 'ETIMEDOUT' });

    expect(inner.arrived).toHaveLength(0);
    expect(injector.calls[0]).toMatchObject({ fault: 'lands late', carriedOut: false });
    await fault.release();
    expect(inner.arrived).toHaveLength(1);
    expect(injector.calls[0]).toMatchObject({ carriedOut: true });
  });

  it('lets go as many as it is asked, in their order; later ones wait for the next release', async () => {
    const fault = landLate();
    const { injector, inner } = setup(fault);
    const send = (n: number) => injector.handle(makeRequest('PutItem', { n })).catch(() => undefined);
    const landed = () => inner.arrived.map(({ body }) => (JSON.parse(body) as { n: number }).n);
    for (const n of [1, 2, 3]) await send(n);

    await fault.release(2);
    expect(landed()).toEqual([1, 2]);
    await fault.release();
    await send(4);
    expect(landed()).toEqual([1, 2, 3]);
    await fault.release();

    expect(landed()).toEqual([1, 2, 3, 4]);
  });

  it('lands after the given time', async () => {
    const { injector, inner, wake } = setup(landLate(50));
    await expect(injector.handle(put)).rejects.toMatchObject({ code: 'ETIMEDOUT' });

    wake();
    await new Promise(setImmediate);

    expect(inner.arrived).toHaveLength(1);
  });

  it('may be lost in the end, and nobody hears of that', async () => {
    const fault = landLate();
    const inner = { handle: () => Promise.reject(new Error('lost')) };
    const injector = createFaultInjector({ inner, plan: everyCall(fault) });
    await injector.handle(put).catch(() => undefined);

    await fault.release();

    expect(injector.calls[0]).toMatchObject({ carriedOut: false });
  });
});

describe(crashUnderway, () => {
  it.each([crashUnderway(), crashUnderway(50)])('kills the caller; its request lands later ($name)', async (fault) => {
    const { injector, inner, wake } = setup(fault);

    const call = injector.handle(put);
    await injector.crashed;

    expect(inner.arrived).toHaveLength(0);
    wake();
    await fault.release?.();
    await new Promise(setImmediate);
    expect(inner.arrived).toHaveLength(1);
    expect(await isSettled(call)).toBe(false);
  });
});
