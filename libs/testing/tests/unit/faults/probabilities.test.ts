import * as fc from 'fast-check';
import {
  createFaultInjector,
  formatCalls,
  loseRequest,
  probabilities,
  standardFaults,
  type FaultPlan,
  type Seed,
  type StandardFaultName,
} from '../../../src/index.ts';
import { createFakeService, makeRequest, makeTransaction } from '../../support/fake-service.ts';

const requests = {
  TransactWriteItems: makeTransaction(4),
  PutItem: makeRequest('PutItem', { TableName: 't', Item: { pk: { S: 'a' } } }),
  BatchWriteItem: makeRequest('BatchWriteItem', { RequestItems: { t: [1, 2, 3, 4] } }),
  GetItem: makeRequest('GetItem'),
};
const targets = fc.array(fc.constantFrom(...(Object.keys(requests) as (keyof typeof requests)[])), { maxLength: 30 });
const seeds = fc.oneof(fc.integer(), fc.string());
const names = Object.keys(standardFaults) as StandardFaultName[];
const shares = Object.fromEntries(names.map((name) => [name, 0.06]));

/** Everything that a sequence of calls meets: the faults, and what is answered. */
async function run(plan: FaultPlan, seed: Seed, sequence: readonly (keyof typeof requests)[]) {
  const inner = createFakeService();
  const injector = createFaultInjector({ inner, plan, seed });
  const answers: unknown[] = [];

  for (const target of sequence) {
    const answer = injector.handle(requests[target]).then(
      ({ response }) => Buffer.from(response.body as Uint8Array).toString(),
      (error: unknown) => String(error),
    );
    answers.push(await answer);
  }
  return { answers, arrived: inner.arrived, calls: formatCalls(injector.calls) };
}

describe(probabilities, () => {
  it('gives the same faults and answers for the same seed and calls', async () => {
    const property = fc.asyncProperty(seeds, targets, async (seed, sequence) => {
      expect(await run(probabilities(shares), seed, sequence)).toEqual(
        await run(probabilities(shares), seed, sequence),
      );
    });

    await fc.assert(property, { numRuns: 50 });
  });

  it('draws for the calls of one operation whatever else is called in between', async () => {
    const faultsOf = (calls: string) =>
      calls
        .split('\n')
        .filter((line) => line.includes('PutItem'))
        .map((line) => line.slice(6));
    const property = fc.asyncProperty(seeds, targets, async (seed, sequence) => {
      const alone = await run(
        probabilities(shares),
        seed,
        sequence.filter((target) => target === 'PutItem'),
      );
      const mixed = await run(probabilities(shares), seed, sequence);

      expect(faultsOf(mixed.calls).map((line) => line.split(/ {2,}/))).toEqual(
        faultsOf(alone.calls).map((line) => line.split(/ {2,}/)),
      );
    });

    await fc.assert(property, { numRuns: 30 });
  });

  it('gives each fault about its share', async () => {
    const plan = probabilities({ loseRequest: 0.1, throttle: 0.3 });
    const injector = createFaultInjector({ inner: createFakeService(), plan, seed: 7 });

    await Promise.allSettled(Array.from({ length: 2_000 }, () => injector.handle(requests.PutItem)));

    const share = (name: string) => injector.calls.filter(({ fault }) => fault === name).length / 2_000;
    expect(share('lost request (timeout)')).toBeCloseTo(0.1, 1);
    expect(share('ProvisionedThroughputExceededException')).toBeCloseTo(0.3, 1);
    expect(share('none')).toBeCloseTo(0.6, 1);
  });

  it('differs from seed to seed', async () => {
    const sequence = Array.from({ length: 30 }, () => 'PutItem' as const);
    const [one, other] = await Promise.all([1, 2].map((seed) => run(probabilities(shares), seed, sequence)));

    expect(one).not.toEqual(other);
  });

  it('draws for the operations meant, from faults of its own', async () => {
    const faults = { gone: loseRequest() };
    const plan = probabilities({ gone: 1 }, { faults, target: 'GetItem' });

    const { calls } = await run(plan, 1, ['PutItem', 'GetItem']);

    expect(calls).toBe(
      [
        'call  target   fault                   carried out',
        '1     PutItem  none                    yes',
        '2     GetItem  lost request (timeout)  no',
      ].join('\n'),
    );
  });

  it('lets a call pass into which the fault drawn cannot be injected', async () => {
    const { calls } = await run(probabilities({ conflict: 1 }), 1, ['GetItem']);

    expect(calls).toMatch(/GetItem {2}none \(not applicable: conflict\) {2}yes$/);
  });

  const wrongShares: object[] = [
    { conflict: -0.1 },
    { conflict: NaN },
    { conflict: 0.6, throttle: 0.5 },
    { nonsense: 0.1 },
  ];

  it.each(wrongShares)('refuses %j', (wrong) => {
    expect(() => probabilities(wrong)).toThrow(RangeError);
  });

  it('takes shares that add up to 1 but for rounding', () => {
    expect(() => probabilities({ loseRequest: 0.1, loseResponse: 0.2, throttle: 0.7 })).not.toThrow();
  });
});
