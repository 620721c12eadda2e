import {
  conflict,
  crashAfter,
  crashUnderway,
  delayRequest,
  explore,
  fromCall,
  loseResponse,
  nthCall,
  type ExploreOptions,
  type FaultInjector,
} from '../../../src/index.ts';
import { passTimeUntil } from '../../support/manual-timers.ts';

afterEach(() => void jest.useRealTimers());
import { createFakeService, jsonOf, makeRequest, type FakeService } from '../../support/fake-service.ts';

/** A store that knows what was put: one key, many times. */
interface World {
  readonly service: FakeService;
  readonly put: Set<string>;
}

function createWorld(): World {
  const put = new Set<string>();
  const service = createFakeService((target, body) => {
    if (target === 'PutItem') put.add((JSON.parse(body) as { key: string }).key);
    return target === 'GetItem' ? { body: JSON.stringify({ keys: [...put] }) } : {};
  });

  return { put, service };
}

let world: World;
const put = (process: FaultInjector, key: string) => process.handle(makeRequest('PutItem', { key }));
const keysIn = async (process: FaultInjector) =>
  jsonOf(await process.handle(makeRequest('GetItem')))['keys'] as string[];

/** Puts an order, then its payment: two writes that belong together. */
async function order(process: FaultInjector): Promise<string> {
  await put(process, 'order');
  await put(process, 'payment');
  return 'ordered';
}

const settings: ExploreOptions<World, string, unknown> = {
  world: () => (world = createWorld()),
  inner: () => ({ handle: (request) => world.service.handle(request) }),
  flow: order,
  recover: async () => undefined,
  check: ({ world: { put: found } }) => {
    if (found.has('order') !== found.has('payment')) throw new Error('The order is not paid.\nMore.');
    return found.size === 0 ? 'nothing' : 'all';
  },
  seed: 1,
};
const repair = async (process: FaultInjector) => {
  const keys = await keysIn(process);
  if (keys.includes('order') && !keys.includes('payment')) await put(process, 'payment');
};

/** Fails as some assertion libraries do: by throwing what is no error. */
function expectation(message: string): undefined {
  const failure: unknown = message;
  throw failure;
}

describe(explore, () => {
  it('finds the crash that leaves the work half done', async () => {
    const exploration = await explore(settings);

    expect(exploration.calls).toBe(2);
    expect(String(exploration)).toBe(
      [
        'call  target   fault         outcome',
        '0     -        none          all',
        '1     PutItem  crash before  nothing',
        '1     PutItem  crash after   BROKEN: The order is not paid.',
        '2     PutItem  crash before  BROKEN: The order is not paid.',
        '2     PutItem  crash after   all',
      ].join('\n'),
    );
    expect(exploration.failures).toEqual([
      expect.objectContaining({ call: 1, fault: 'crash after', error: expect.any(Error) as unknown }),
      expect.objectContaining({ call: 2, fault: 'crash before', error: expect.any(Error) as unknown }),
    ]);
  });

  it('finds nothing when the recovery repairs it', async () => {
    const exploration = await explore({ ...settings, recover: repair });

    expect(exploration.failures).toEqual([]);
    expect(exploration.rows).toHaveLength(5);
  });

  it('tells how the flow ended, and what recovery gave', async () => {
    const ends: unknown[] = [];

    await explore({
      ...settings,
      faults: [loseResponse(), crashAfter()],
      recover: async (_, { call, fault }) => `recovered ${fault} at ${call}`,
      check: ({ call, target, fault, flow, recovered }) => {
        ends.push([call, target, fault, flow, recovered]);
        return undefined;
      },
    });

    const error: unknown = expect.objectContaining({ code: 'ETIMEDOUT' });
    expect(ends).toEqual([
      [0, '', 'none', { status: 'completed', result: 'ordered' }, 'recovered none at 0'],
      [1, 'PutItem', 'lost response (timeout)', { status: 'failed', error }, 'recovered lost response (timeout) at 1'],
      [1, 'PutItem', 'crash after', { status: 'crashed' }, 'recovered crash after at 1'],
      [2, 'PutItem', 'lost response (timeout)', { status: 'failed', error }, 'recovered lost response (timeout) at 2'],
      [2, 'PutItem', 'crash after', { status: 'crashed' }, 'recovered crash after at 2'],
    ]);
  });

  it('leaves out faults that cannot be injected into a call', async () => {
    const flow = async (process: FaultInjector) => {
      await keysIn(process);
      await put(process, 'order');
      return 'done';
    };
    const { rows } = await explore({ ...settings, flow, faults: [conflict()], check: () => undefined });

    expect(rows.map(({ call, fault, outcome }) => [call, fault, outcome])).toEqual([
      [0, 'none', 'ok'],
      [2, 'conflict', 'ok'],
    ]);
  });

  it('lets a request that was under way land after the recovery', async () => {
    const twice = async (process: FaultInjector) => {
      if (!(await keysIn(process)).includes('order')) await put(process, 'order');
      return 'done';
    };
    const { rows } = await explore({
      ...settings,
      flow: twice,
      faults: [crashUnderway()],
      recover: twice,
      check: ({ world: { service } }) => service.arrived.map(({ target }) => target).join(' '),
    });

    expect(rows.map(({ outcome }) => outcome)).toEqual([
      'GetItem PutItem GetItem',
      'GetItem PutItem GetItem',
      'GetItem GetItem PutItem PutItem',
    ]);
  });

  it('reaches the calls that follow a fault', async () => {
    const flow = async (process: FaultInjector) => {
      await put(process, 'order').catch(() => put(process, 'order'));
      return 'done';
    };

    const exploration = await explore({ ...settings, flow, plan: nthCall(1, loseResponse()), check: () => undefined });

    expect(exploration.calls).toBe(2);
    expect(exploration.rows.map(({ call, fault }) => `${call} ${fault}`)).toEqual([
      '0 none',
      '1 crash before',
      '1 crash after',
      '2 crash before',
      '2 crash after',
    ]);
  });

  it('tries only the calls that are asked for', async () => {
    const flow = async (process: FaultInjector) => {
      await keysIn(process);
      return await order(process);
    };
    let puts = 0;
    const isSecondPut = ({ target }: { target: string }) => target === 'PutItem' && (puts += 1) === 2;

    const { calls, rows } = await explore({ ...settings, flow, calls: isSecondPut });

    expect(calls).toBe(3);
    expect(rows.map(({ call, fault }) => `${call} ${fault}`)).toEqual(['0 none', '3 crash before', '3 crash after']);
  });

  it('lets what has broken stay broken', async () => {
    const failures: string[] = [];
    const flow = async (process: FaultInjector) => {
      for (const key of ['order', 'payment']) await put(process, key).catch(() => failures.push(key));
      return 'done';
    };

    await explore({ ...settings, flow, faults: [loseResponse()], inject: fromCall, check: () => failures.push('-') });

    expect(failures).toEqual(['-', 'order', 'payment', '-', 'payment', '-']);
  });

  it('stops dead also what the process does at the same time', async () => {
    const flow = async (process: FaultInjector) => {
      await Promise.all([put(process, 'order'), put(process, 'payment')]);
      await put(process, 'never');
      return 'done';
    };

    const { rows } = await explore({ ...settings, flow, check: ({ world: { put: found } }) => [...found].join(' ') });

    expect(rows.map(({ call, fault, outcome }) => `${call} ${fault}: ${outcome}`)).toEqual([
      '0 none: order payment never',
      '1 crash before: ',
      '1 crash after: order payment',
      '2 crash before: order',
      '2 crash after: order payment',
      '3 crash before: order payment',
      '3 crash after: order payment never',
    ]);
  });

  it('gives every run a world of its own and takes it down', async () => {
    const closed: World[] = [];

    await explore({ ...settings, close: (each) => closed.push(each) });

    expect(new Set(closed).size).toBe(5);
  });

  it('shows its seed', async () => {
    const lines: string[] = [];

    const { seed } = await explore({ ...settings, log: (line) => lines.push(line), seed: 42 });

    expect(lines).toEqual(['Exploration: seed 42']);
    expect(seed).toBe(42);
  });

  it('refuses a flow that makes no call, as it would prove nothing', async () => {
    await expect(explore({ ...settings, flow: async () => 'idle' })).rejects.toThrow('makes no network call');
  });

  const broken: [what: string, options: Partial<typeof settings>, outcome: string][] = [
    ['a recovery that fails', { recover: () => Promise.reject(new Error('No.')) }, 'BROKEN: No.'],
    ['a check that throws no error', { check: () => expectation('wrong') }, 'BROKEN: wrong'],
    [
      'a recovery that hangs',
      { recover: () => new Promise(() => undefined), timeoutMs: 10_000 },
      'BROKEN: The recovery did not end within 10000 ms.',
    ],
    [
      'a check that hangs',
      { check: () => new Promise<undefined>(() => undefined), timeoutMs: 10_000 },
      'BROKEN: The check did not end within 10000 ms.',
    ],
  ];

  it.each(broken)('reports %s', async (_, options, outcome) => {
    jest.useFakeTimers();

    const { rows } = await passTimeUntil(explore({ ...settings, ...options }), 10_000);

    expect(rows[0]).toMatchObject({ call: 0, outcome });
  });

  it('ends a flow that hangs, and lets nothing of it into the next run', async () => {
    jest.useFakeTimers();

    const { rows } = await passTimeUntil(explore({ ...settings, faults: [delayRequest()], timeoutMs: 10_000 }), 10_000);

    expect(rows.map(({ outcome }) => outcome)).toEqual([
      'all',
      'BROKEN: The flow did not end within 10000 ms.',
      'BROKEN: The flow did not end within 10000 ms.',
    ]);
  });

  it('reports a call that is not made every time', async () => {
    let runs = 0;
    const flow = async (process: FaultInjector) => {
      runs += 1;
      await put(process, 'order');
      if (runs === 1) await put(process, 'payment');
      return 'done';
    };

    const { rows } = await explore({ ...settings, flow, faults: [crashAfter()], check: () => undefined });

    expect(rows.at(-1)).toMatchObject({ call: 2, outcome: 'BROKEN: The flow made only 1 calls this time.' });
  });
});
