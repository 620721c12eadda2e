import {
  cancelTransaction,
  conflict,
  createFaultInjector,
  everyCall,
  standardFaults,
  type Fault,
} from '../../../src/index.ts';
import { createFakeService, jsonOf, makeRequest, makeTransaction } from '../../support/fake-service.ts';

async function codesOf(fault: Fault, { actions, seed = 1 }: { actions: number; seed?: number }): Promise<string[]> {
  const injector = createFaultInjector({ inner: createFakeService(), plan: everyCall(fault), seed });
  const answer = jsonOf(await injector.handle(makeTransaction(actions)));

  return (answer['CancellationReasons'] as { Code: string }[]).map(({ Code }) => Code);
}

describe(cancelTransaction, () => {
  it('gives one reason for each action', async () => {
    const fault = cancelTransaction('TransactionConflict', 'ThrottlingError');

    expect(await codesOf(fault, { actions: 4 })).toEqual(['TransactionConflict', 'ThrottlingError', 'None', 'None']);
  });

  it('refuses more reasons than there are actions', async () => {
    const fault = cancelTransaction('None', 'TransactionConflict');

    await expect(codesOf(fault, { actions: 1 })).rejects.toThrow(RangeError);
  });
});

describe(conflict, () => {
  it('fails one action of a write, which the seed decides', async () => {
    const runs = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => codesOf(conflict(), { actions: 3, seed })));

    expect(runs.map((codes) => codes.toSorted())).toEqual(runs.map(() => ['None', 'None', 'TransactionConflict']));
    expect(new Set(runs.map(String)).size).toBe(3);
  });

  it('fails the action named', async () => {
    expect(await codesOf(conflict({ at: 1 }), { actions: 2 })).toEqual(['None', 'TransactionConflict']);
    await expect(codesOf(conflict({ at: 2 }), { actions: 2 })).rejects.toThrow(RangeError);
  });

  it('mixes with what the other actions may answer', async () => {
    const fault = conflict({ at: 0, others: ['ThrottlingError'] });

    expect(await codesOf(fault, { actions: 2 })).toEqual(['TransactionConflict', 'ThrottlingError']);
    expect(await codesOf(conflict({ at: 0, others: [] }), { actions: 2 })).toEqual(['TransactionConflict', 'None']);
  });

  it('never cancels for a condition at random', async () => {
    const runs = await Promise.all(
      Array.from({ length: 50 }, (_, seed) => codesOf(standardFaults.conflict, { actions: 4, seed })),
    );

    expect(new Set(runs.flat())).toEqual(new Set(['None', 'TransactionConflict', 'ThrottlingError']));
  });

  it.each(['GetItem', 'Query', 'BatchWriteItem'])('cannot be injected into %s', async (target) => {
    expect(conflict().appliesTo!({ target, body: '{}' })).toBe(false);
  });

  it.each(['PutItem', 'UpdateItem', 'DeleteItem'])('answers %s with an error of its own', async (target) => {
    const injector = createFaultInjector({ inner: createFakeService(), plan: everyCall(conflict()) });

    const answer = jsonOf(await injector.handle(makeRequest(target)));

    expect(answer['__type']).toBe('com.amazonaws.dynamodb.v20120810#TransactionConflictException');
  });
});
