import { seededRandom, type Fault } from '@cnop/testing';
import { countedPlan, type CallCounts } from '../../src/network/counted-plan.ts';
import { mixedFaults } from '../../src/network/fault-shares.ts';

const body = JSON.stringify({ TransactItems: [{}, {}] });
const calls = 4_000;

function drawFaults(rate: number, target: string) {
  const counts: CallCounts = { calls: 0, faults: new Map() };
  const choose = countedPlan(mixedFaults(rate), counts)();
  const faults = Array.from({ length: calls }, (_, at): Fault | undefined =>
    choose({ index: at + 1, target, body, random: seededRandom(`${target}/${at}`) }),
  );
  return { counts, faults };
}

describe(mixedFaults, () => {
  it.each(['TransactWriteItems', 'TransactGetItems', 'PutItem', 'GetItem', 'Query'])(
    'befalls one of ten calls of %s, with what can befall it',
    (target) => {
      const { counts, faults } = drawFaults(0.1, target);
      const befallen = faults.filter((fault) => fault !== undefined);

      expect(befallen.length / calls).toBeGreaterThan(0.08);
      expect(befallen.length / calls).toBeLessThan(0.12);
      expect(befallen.every((fault) => fault.appliesTo?.({ target, body }) ?? true)).toBe(true);
      expect(counts.calls).toBe(calls);
      expect([...counts.faults.values()].reduce((sum, count) => sum + count)).toBe(befallen.length);
    },
  );

  it('mixes all kinds of losses, delays, conflicts, refusals and crashes', () => {
    const names = [...drawFaults(0.5, 'TransactWriteItems').counts.faults.keys()].join();

    expect(names).toMatch(/lost request.*|lost response/);
    for (const kind of [
      'lost request',
      'lost response',
      'delayed request',
      'delayed response',
      'lands late',
      'conflict',
      'TransactionInProgress',
      'ThrottlingError',
      'ProvisionedThroughput',
      'InternalServerError',
      'InternalServerError (carried out)',
      'ExpiredToken',
      'no connection',
      'forgotten token',
      'crash before',
      'crash after',
      'crash under way',
    ]) {
      expect(names).toContain(kind);
    }
  });

  it('befalls nothing at a rate of 0', () => {
    expect(drawFaults(0, 'TransactWriteItems').counts.faults.size).toBe(0);
  });
});
