import { GetCommand, PutCommand, TransactGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { drawFault, faultKinds, type FaultKind } from '../../src/network/fault.ts';
import { randomAt } from '../../src/random-source.ts';
import { openFaultyNetwork, type FaultyNetwork } from '../support/faulty-network.ts';

const Item = { pk: 'USER#ada', sk: 'PROFILE' };
const put = new PutCommand({ TableName: 'users', Item });
const transaction = new TransactWriteCommand({
  TransactItems: [
    { Put: { TableName: 'users', Item } },
    { Put: { TableName: 'users', Item: { ...Item, sk: 'OTHER' } } },
  ],
});

/** What a client hears of one put, and when; nothing if it crashes first. */
async function outcomeOfPut({ database, process, time }: FaultyNetwork) {
  const start = time.now();
  const answer = database.writer.send(put).then(
    () => 'done',
    (error: unknown) => (error as Error).name,
  );
  const heard = Promise.race([answer, process.crashed]).then((outcome) => ({ outcome, afterMs: time.now() - start }));
  void heard.then(process.close);
  await time.run();

  return await heard;
}

interface Expected {
  readonly outcome: string;
  readonly afterMs: number;
  readonly isCarriedOut: boolean;
}

describe('a call', () => {
  it.each<readonly [FaultKind, Expected]>([
    ['request-lost', { outcome: 'TimeoutError', afterMs: 3_000, isCarriedOut: false }],
    ['response-lost', { outcome: 'TimeoutError', afterMs: 3_000, isCarriedOut: true }],
    ['late', { outcome: 'TimeoutError', afterMs: 3_000, isCarriedOut: true }],
    ['conflict', { outcome: 'TransactionConflictException', afterMs: 0, isCarriedOut: false }],
    ['throttled', { outcome: 'ProvisionedThroughputExceededException', afterMs: 0, isCarriedOut: false }],
    ['error-not-carried-out', { outcome: 'InternalServerError', afterMs: 0, isCarriedOut: false }],
    ['error-carried-out', { outcome: 'InternalServerError', afterMs: 0, isCarriedOut: true }],
    ['crash-before-sending', { outcome: 'crashed', afterMs: 0, isCarriedOut: false }],
    ['crash-after-sending', { outcome: 'crashed', afterMs: 0, isCarriedOut: true }],
  ])('that meets %s is heard of as %j', async (fault, { outcome, afterMs, isCarriedOut }) => {
    const world = openFaultyNetwork([fault]);

    const heard = await outcomeOfPut(world);

    expect(heard.outcome).toBe(outcome);
    expect(heard.afterMs).toBeGreaterThanOrEqual(afterMs);
    expect(world.store.itemsOf('users')).toHaveLength(isCarriedOut ? 1 : 0);
    expect(world.told).toEqual(isCarriedOut ? ['served', 'changed'] : []);
    expect([...world.network.faultCounts]).toEqual([[fault, 1]]);
  });

  it.each<[FaultKind, string]>([
    ['conflict', 'TransactionConflict'],
    ['throttled', 'ProvisionedThroughputExceeded'],
  ])('of a transaction that meets %s has reasons', async (fault, code) => {
    const world = openFaultyNetwork([fault]);
    const reasons: unknown[] = [];
    const failing = world.database.writer.send(transaction).catch((error: unknown) => {
      world.process.close();
      reasons.push((error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons);
    });

    await world.time.run();
    await failing;

    expect(reasons).toEqual([[{ Code: code }, { Code: 'None' }]]);
  });

  it('goes right once the network is in order', async () => {
    const world = openFaultyNetwork(['request-lost']);
    world.network.heal();

    expect(await outcomeOfPut(world)).toMatchObject({ outcome: 'done' });
  });

  it('tells of another transaction in its way', async () => {
    const world = openFaultyNetwork([]);
    const { database, process, time, network } = world;
    const get = new TransactGetCommand({ TransactItems: [{ Get: { TableName: 'users', Key: Item } }] });
    const both = Promise.allSettled(
      Array.from({ length: 40 }, () => [database.writer.send(transaction), database.writer.send(get)]).flat(),
    ).then(process.close);

    await time.run();
    await both;

    expect(network.conflicts()).toBeGreaterThan(10);
  });
});

describe('a read', () => {
  const get = new GetCommand({ TableName: 'users', Key: Item });

  it('is tried again in virtual time', async () => {
    const { database, process, time, network } = openFaultyNetwork(['throttled', 'response-lost']);
    const sleep = jest.spyOn(process, 'sleep');
    const reading = database.reader.send(get).then(({ Item: found }) => {
      process.close();
      return found;
    });

    await time.run();

    expect(await reading).toBeUndefined();
    expect(network.faultCounts.size).toBe(2);
    expect(sleep).toHaveBeenCalledTimes(2);
  });

  it('fails in the end', async () => {
    const { database, process, time } = openFaultyNetwork(Array<FaultKind>(4).fill('throttled'));
    const reading = database.reader.send(get).catch((error: unknown) => {
      process.close();
      return (error as Error).name;
    });

    await time.run();

    expect(await reading).toBe('ProvisionedThroughputExceededException');
  });
});

describe(drawFault, () => {
  it('draws the same for a place, and with fewer faults only leaves some out', () => {
    const drawn = (percent: number, kinds: readonly FaultKind[]) =>
      Array.from({ length: 2_000 }, (_, call) => drawFault(randomAt(7, call), { percent, kinds }));
    const all = drawn(30, faultKinds);
    const fewer = drawn(10, ['late', 'conflict']);

    expect(drawn(30, faultKinds)).toEqual(all);
    expect(new Set(all)).toEqual(new Set([undefined, ...faultKinds]));
    expect(fewer.every((fault, call) => fault === undefined || fault === all[call])).toBe(true);
    expect(new Set(fewer)).toEqual(new Set([undefined, 'late', 'conflict']));
    expect(drawn(0, faultKinds).every((fault) => fault === undefined)).toBe(true);
  });
});
