import { executeWrite } from '@cnop/database-core';
import {
  cancel,
  delay,
  fail,
  loseRequest,
  loseResponse,
  pass,
  refuseConnection,
  type Fault,
} from '../support/faulty-http.ts';
import { deposit, purchase, readPurchase, readWallet } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const cost = 10;

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;

  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Faults of every kind, and requests that arrive when they are no longer expected. */
function createChaos(random: () => number) {
  const underway: (() => Promise<unknown>)[] = [];
  const late = (): Fault => {
    const { fault, release } = delay();
    underway.push(release);
    return fault;
  };
  const transactionFaults = [
    loseRequest,
    loseResponse,
    loseResponse,
    late,
    late,
    refuseConnection,
    () => fail('InternalServerError', { status: 500 }),
    () => fail('ProvisionedThroughputExceededException'),
    () => fail('TransactionInProgressException'),
    () => cancel('TransactionConflict', 'None'),
    () => cancel('None', 'TransactionConflict'),
    () => cancel('ThrottlingError', 'None'),
  ];
  const singleFaults = [loseRequest, loseResponse, late, () => fail('TransactionConflictException')];
  const pick = <TChoice>(choices: readonly TChoice[]) => choices[Math.floor(random() * choices.length)]!;

  return {
    choose: (target: string): Fault => {
      if (random() < 0.5) return pass();
      if (target === 'TransactWriteItems') return pick(transactionFaults)();
      return target === 'PutItem' ? pick(singleFaults)() : pass();
    },
    /** Lets some of the late requests arrive. */
    release: async (share: number) => {
      const due = underway.splice(0, Math.ceil(underway.length * share));
      await Promise.all(due.map((arrive) => arrive()));
    },
  };
}

describe('executeWrite under random faults', () => {
  it.each([1, 2, 3])('takes effect once or never, and never reports the contrary (seed %d)', async (seed) => {
    const random = randomFrom(seed);
    const chaos = createChaos(random);
    const { database, http } = await setup({ available: 0, retry: { maxAttempts: 4 } });
    let deposits = 0;
    const ids = Array.from({ length: 100 }, (_, index) => `o-${index}`);
    const reports = new Map<string, string>();
    http.otherwise(chaos.choose);

    const queue = [...ids];
    const work = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        const plan = purchase(database, { id, cost, clientNamed: random() < 0.5 });
        const report = executeWrite(database, plan).then(
          () => 'done',
          (error: unknown) => (error as { code: string }).code,
        );
        reports.set(id, await report);
        // Money comes in little by little: what was refused a moment ago could be carried out now.
        deposits += 1;
        await deposit(database, cost);
        await chaos.release(random() / 2);
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    deposits += ids.length;
    await deposit(database, ids.length * cost);
    await chaos.release(1);
    http.heal();

    const statuses = await Promise.all(ids.map(async (id) => [id, (await readPurchase(database, id))?.['status']]));
    const completed = statuses.filter(([, status]) => status === 'COMPLETED').map(([id]) => id as string);
    expect(await readWallet(database)).toBe((deposits - completed.length) * cost);
    expect(idsOf(reports, (report) => report === 'done').filter((id) => !completed.includes(id))).toEqual([]);
    expect(completed.filter((id) => !['done', 'OUTCOME_UNKNOWN'].includes(reports.get(id)!))).toEqual([]);
    expect(completed.length).toBeGreaterThan(20);
    expect(new Set(reports.values()).size).toBeGreaterThan(2);
  });
});

const idsOf = (reports: ReadonlyMap<string, string>, matches: (report: string) => boolean): string[] =>
  [...reports].filter(([, report]) => matches(report)).map(([id]) => id);
