import { executeWrite } from '@cnop/database-core';
import {
  cancelTransaction,
  conflict,
  type Fault,
  internalServerError,
  landLate,
  loseRequest,
  loseResponse,
  pass,
  refuseConnection,
  seededRandom,
  throttle,
  transactionInProgress,
  type UpcomingCall,
} from '@cnop/testing';
import { deposit, purchase, readPurchase, readWallet } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const cost = 10;

/** Faults of every kind, and requests that arrive when they are no longer expected. */
function createChaos(random: () => number) {
  const underway: (() => Promise<unknown>)[] = [];
  const late = (): Fault => {
    const fault = landLate();
    underway.push(fault.release);
    return fault;
  };
  const transactionFaults = [
    loseRequest,
    loseResponse,
    loseResponse,
    late,
    late,
    refuseConnection,
    internalServerError,
    throttle,
    transactionInProgress,
    () => cancelTransaction('TransactionConflict', 'None'),
    () => cancelTransaction('None', 'TransactionConflict'),
    () => cancelTransaction('ThrottlingError', 'None'),
  ];
  const singleFaults = [loseRequest, loseResponse, late, conflict];
  const pick = <TChoice>(choices: readonly TChoice[]) => choices[Math.floor(random() * choices.length)]!;

  return {
    choose: ({ target }: UpcomingCall): Fault => {
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
    const random = seededRandom(seed);
    const chaos = createChaos(random);
    const { database, http } = await setup({ available: 0, retry: { maxAttempts: 4 } });
    let deposits = 0;
    const ids = Array.from({ length: 100 }, (_, index) => `o-${index}`);
    const reports = new Map<string, string>();
    http.use(() => chaos.choose);

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
    expect(new Set(reports.values()).size).toBeGreaterThan(1);
    expect(http.calls.filter(({ fault }) => fault !== 'pass').length).toBeGreaterThan(100);
  });
});

const idsOf = (reports: ReadonlyMap<string, string>, matches: (report: string) => boolean): string[] =>
  [...reports].filter(([, report]) => matches(report)).map(([id]) => id);
