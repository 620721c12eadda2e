import { createTestMarket, openTestWorker, setPrice, ticksOf } from '../support/test-worker.ts';

/** A worker that goes first with BTC, whose last price was worked long ago. */
async function openHolder(assetIds?: readonly string[]) {
  const market = createTestMarket(assetIds);
  const opened = openTestWorker(market);
  await opened.passes(4);
  await opened.pass(400);

  return { market, ...opened };
}

describe('a worker', () => {
  it('works every asset once it has started, and an asset again when its price has moved', async () => {
    const { market, pass } = await openHolder(['BTC', 'ETH']);
    expect(ticksOf(await pass())).toEqual([]);

    setPrice(market, 'ETH');

    expect(ticksOf(await pass())).toEqual(['ticks ETH']);
  });

  it('works an asset at once on a signal', async () => {
    const { market, worker, calls, pass } = await openHolder();
    calls.length = 0;

    worker.signal('BTC', setPrice(market));
    await worker.idle();

    expect(calls).toEqual(['ticks BTC', 'sweep BTC']);
    expect(await pass()).toContain('sweep BTC');
  });

  it('sweeps each second for 5 minutes after a price', async () => {
    const { market, pass, passes } = await openHolder();
    setPrice(market);

    const recent = await passes(300);
    const quiet = await pass(5);

    expect(recent.filter((call) => call === 'sweep BTC')).toHaveLength(300);
    expect(quiet).toEqual(['expiries']);
  });

  it('looks for expiries each second, through all days at its start and each hour', async () => {
    const opened = openTestWorker(createTestMarket([]));

    const first = await opened.pass();
    const next = await opened.passes(3_600);

    expect(first).toEqual(['expiries of all days']);
    expect(next.filter((call) => call === 'expiries')).toHaveLength(3_599);
    expect(next.filter((call) => call === 'expiries of all days')).toHaveLength(1);
  });

  it('works an asset each minute without a price, for what was left unfinished, and reads its trails anew every 10', async () => {
    const { passes } = await openHolder();

    const calls = await passes(660);

    expect(ticksOf(calls)).toHaveLength(11);
    expect(calls.filter((call) => call === 'reload BTC')).toHaveLength(1);
    expect((await passes(60, 60)).filter((call) => call === 'sweep of the day BTC')).toHaveLength(1);
  });

  it('finds an asset that was made meanwhile within a minute, or by its first signal', async () => {
    const { market, worker, passes } = await openHolder();
    market.prices.set('ETH', market.clock.now().toISOString());
    expect(ticksOf(await passes(63))).toContain('ticks ETH');

    worker.signal('SOL', setPrice(market, 'SOL'));

    expect(ticksOf(await passes(4))).toContain('ticks SOL');
  });

  it('looks for new assets at once when signals were lost', async () => {
    const { market, worker, passes } = await openHolder();
    market.prices.set('ETH', market.clock.now().toISOString());

    worker.lookAgain();

    expect(ticksOf(await passes(3))).toContain('ticks ETH');
  });

  it('goes on after a failure, later with each in a row, and reports it with the asset', async () => {
    const { market, failures, problems, passes } = await openHolder();
    const error = new Error('throttled');
    setPrice(market);
    const tries = [];

    for (let second = 0; second < 9; second += 1) {
      failures.set('ticks BTC', error);
      tries.push(ticksOf(await passes(1)).length);
    }

    expect(tries).toEqual([1, 1, 1, 0, 1, 0, 0, 0, 1]);
    expect(problems.at(-1)).toEqual({ kind: 'work', assetId: 'BTC', error, attempt: 5 });
    failures.clear();
    expect(ticksOf(await passes(9)).length).toBeGreaterThan(0);
  });

  it('goes on where the prices cannot be read, and works once they can', async () => {
    const { market, problems, pass, worker } = await openHolder();
    market.isDown = true;
    const { polledAt } = worker.status();

    await pass();
    expect(problems).toMatchObject([{ kind: 'poll' }]);
    expect(worker.status().polledAt).toBe(polledAt);
    market.isDown = false;
    setPrice(market);

    expect(ticksOf(await pass())).toEqual(['ticks BTC']);
  });

  it('goes on after a clock was set back by a day', async () => {
    const { market, passes } = await openHolder();
    market.clock.advance(-86_400_000);
    await passes(2);
    market.prices.set('BTC', '2030-01-01T00:05:00.000Z');

    const calls = await passes(3);

    expect(ticksOf(calls)).toContain('ticks BTC');
    expect(calls.filter((call) => call.startsWith('expiries'))).toHaveLength(3);
  });

  it('passes by itself until it is stopped', async () => {
    const market = createTestMarket();
    const wakes: (() => void)[] = [];
    const sleep = () => new Promise<void>((resolve) => wakes.push(resolve));
    const { worker, calls } = openTestWorker(market, 'one', { sleep, yieldMs: 0 });

    const running = worker.run();
    while (!calls.includes('ticks BTC')) await Promise.resolve();
    await worker.stop();
    await running;

    expect(wakes).toHaveLength(1);
    calls.length = 0;
    worker.signal('BTC', setPrice(market));
    await worker.pass();
    expect(calls).toEqual([]);
  });
});

describe('two workers', () => {
  it('work an asset once: the other leaves it alone, and takes it over when the first is gone', async () => {
    const market = createTestMarket();
    const one = openTestWorker(market, 'one');
    const two = openTestWorker(market, 'two');
    await one.passes(4);
    await two.passes(4, 0.1);
    setPrice(market);
    expect(ticksOf([...(await one.pass()), ...(await one.pass())])).not.toEqual([]);
    expect(ticksOf(await two.passes(5))).toEqual([]);

    // The first is gone.
    setPrice(market);
    const taken = await two.passes(20);

    expect(ticksOf(taken)).not.toEqual([]);
  });

  it('hand an asset over at once when one is stopped', async () => {
    const market = createTestMarket();
    const one = openTestWorker(market, 'one');
    const two = openTestWorker(market, 'two', { yieldMs: 0 });
    await one.passes(4);
    await one.worker.stop();
    market.clock.advance(1);

    expect(ticksOf(await two.pass(0))).toEqual(['ticks BTC']);
  });

  it('leave a quiet asset with the one that had it last, though its lease has run out', async () => {
    const market = createTestMarket();
    const one = openTestWorker(market, 'one');
    const two = openTestWorker(market, 'two');
    await one.passes(4);
    await two.passes(3);
    await one.passes(2, 1_000);
    await two.passes(2, 1_000);
    setPrice(market);

    const seen = [await two.pass(0), await one.pass(0), await two.pass(3)].map(ticksOf);

    expect(seen).toEqual([[], ['ticks BTC'], []]);
  });

  it('let go of what another has taken, and forget it', async () => {
    const { market, pass } = await openHolder();
    market.leases.holders.set('BTC', { holder: 'two', untilMs: Infinity });
    setPrice(market);

    expect(await pass(4)).toEqual(['forget BTC', 'expiries']);
  });

  it('work without leases where none can be had', async () => {
    const market = createTestMarket();
    market.leases.fails = true;
    const { passes, problems } = openTestWorker(market);

    expect(ticksOf(await passes(4))).not.toEqual([]);
    expect(problems[0]).toMatchObject({ kind: 'lease', assetId: 'BTC' });
  });

  it('take no more assets than they may', async () => {
    const market = createTestMarket(['A', 'B', 'C']);
    const one = openTestWorker(market, 'one', { maxAssets: 2 });
    const two = openTestWorker(market, 'two');

    const first = ticksOf(await one.passes(4));
    const second = ticksOf(await two.passes(4));

    expect(new Set(first).size).toBe(2);
    expect(new Set([...first, ...second]).size).toBe(3);
    expect(one.worker.status().assets).toEqual({ watched: 3, held: 2, inWork: 0 });
  });
});
