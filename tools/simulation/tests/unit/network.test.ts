import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { seededRandom } from '@cnop/testing';
import { faultNames, mixedFaults, type FaultName } from '../../src/backend/faults.ts';
import { openNetwork } from '../../src/backend/network.ts';
import { createVirtualBackend } from '../../src/backend/virtual-backend.ts';
import { observerOf, type Attempt } from '../../src/client/attempt.ts';
import type { FaultShare } from '../../src/backend/faults.ts';

const put = new PutCommand({ TableName: 'users', Item: { pk: 'USER#ada', sk: 'PROFILE' } });

describe('a call', () => {
  it.each<[FaultName, outcome: string, isCarriedOut: boolean]>([
    ['loseRequest', 'TimeoutError', false],
    ['landLast', 'TimeoutError', true],
    ['conflict', 'TransactionConflictException', false],
    ['crashUnderway', 'crashed', true],
  ])('with the fault %s is heard of as %s, and its observer knows', async (name, expected, isCarriedOut) => {
    for (let place = 1; ; place += 1) {
      const backend = createVirtualBackend(1);
      const network = openNetwork(backend, { rate: 1, names: [name] });
      const { begin, services, end } = network.startProcess([place]);
      const attempt: Attempt = { calledAt: 0, endedAt: Infinity, sentAt: 0 };
      const crashed = begin(
        observerOf(attempt, () => 1),
        [place],
      ).then(() => 'crashed');
      const answer = services.database.writer.send(put).then(
        () => 'done',
        (error: unknown) => (error as Error).name,
      );
      const outcome = await backend.complete(Promise.race([answer, crashed]).finally(end));
      // Chance may have drawn a fault that is not asked for: then the call goes right.
      if (Object.keys(network.counts.faults).length === 0) continue;

      expect(outcome).toBe(expected);
      expect(attempt.changedAt !== undefined).toBe(isCarriedOut);
      expect(attempt.writeAnsweredAt !== undefined).toBe(isCarriedOut);
      return;
    }
  });
});

describe(mixedFaults, () => {
  const delays = { delayMs: 1, lateMs: [2, 3, 4] } as const;
  const body = JSON.stringify({ TransactItems: [{}, {}] });
  const drawn = (share: FaultShare, target: string, calls = 2_000) => {
    const choose = mixedFaults(share, delays)();
    return Array.from({ length: calls }, (_, at) =>
      choose({ index: at, target, body, random: seededRandom(`${target}/${at}`) }),
    );
  };

  it('draws every fault, and with fewer asked for only leaves some out', () => {
    const all = drawn({ rate: 0.5, names: faultNames }, 'TransactWriteItems');
    const fewer = drawn({ rate: 0.2, names: ['loseResponse', 'conflict'] }, 'TransactWriteItems');

    const injected = all.filter((fault) => fault !== undefined);
    expect(new Set(injected.map(({ name }) => name)).size).toBeGreaterThan(20);
    expect(injected.length / all.length).toBeCloseTo(0.5, 1);
    expect(injected.every(({ appliesTo }) => appliesTo?.({ target: 'TransactWriteItems', body }) ?? true)).toBe(true);
    expect(fewer.every((fault, call) => fault === undefined || fault.name === all[call]?.name)).toBe(true);
    expect(new Set(fewer.map((fault) => fault?.name)).size).toBe(3);
    expect(drawn({ rate: 0, names: faultNames }, 'GetItem').every((fault) => fault === undefined)).toBe(true);
  });
});
