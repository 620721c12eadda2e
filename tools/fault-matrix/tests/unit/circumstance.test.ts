import { fromCall, nthCall, standardFaults, type CallRecord, type UpcomingCall } from '@cnop/testing';
import { befalling, circumstancesOf, isCertain, planOf, type Circumstance } from '../../src/circumstance.ts';
import { columnNames, columnOf } from '../../src/fault-columns.ts';
import { matrixRows } from '../../src/rows/matrix-rows.ts';

const all = [...new Set(matrixRows.flatMap((row) => [...circumstancesOf(row)]))];
const named = (name: string) => all.find((each) => each.name === name)!;
const callsOf = ({ calls }: Circumstance, targets: readonly string[]) => {
  const isTried = calls();
  return targets.filter((target) => isTried({ target } as CallRecord));
};
const upcoming = (index: number, target: string): UpcomingCall => ({ index, target, body: '{}', random: () => 0.5 });

describe('circumstances', () => {
  it('try every standard fault somewhere, save for one that befalls batches', () => {
    const tried = new Set(all.flatMap(({ faults }) => faults().map(({ name }) => name)));
    const { truncateBatch, ...others } = standardFaults;

    expect(Object.values(others).filter(({ name }) => !tried.has(name))).toEqual([]);
    expect(tried).not.toContain(truncateBatch.name);
  });

  it('try no fault without a column', () => {
    const columns = all.flatMap(({ faults }) => faults().map(({ name }) => columnOf(name)));

    expect(new Set(columns)).toEqual(new Set(columnNames.filter((name) => name !== 'none')));
  });

  it('give each exploration late faults of its own', () => {
    const late = () =>
      named('in passing')
        .faults()
        .filter(({ release }) => release);

    expect(late()).toHaveLength(2);
    expect(late()[0]).not.toBe(late()[0]);
  });

  it('begin with every call, or go on from the first write', () => {
    const targets = ['GetItem', 'UpdateItem', 'GetItem', 'PutItem'];

    expect(callsOf(named('in passing'), targets)).toEqual(targets);
    expect(callsOf(named('at the only attempt'), targets)).toEqual(['UpdateItem', 'PutItem']);
    expect(callsOf(named('after a lost response'), targets)).toEqual(['GetItem', 'PutItem']);
  });

  it('let a fault befall one call, or stay', () => {
    expect(befalling(named('in passing'))).toBe(nthCall);
    expect(befalling(named('for good'))).toBe(fromCall);
  });

  it('are those of a late request where a row is about one', () => {
    const names = (row: Parameters<typeof circumstancesOf>[0]) => circumstancesOf(row).map(({ name }) => name);

    expect(names({ effect: ['+ a'] })).toContain('in passing');
    expect(names({ effect: [], refusal: 'BALANCE_INSUFFICIENT' })).toContain('in passing');
    expect(names({ effect: ['+ a'], refusal: 'BALANCE_INSUFFICIENT' })).toEqual([
      'while the first request is late',
      'for good, while the first request is late',
    ]);
  });

  it('leave no doubt where nothing was certain to be carried out', () => {
    const { conflict, throttle, expireToken, loseRequest, loseResponse } = standardFaults;
    const certain = (circumstance: string) =>
      ['none', ...[conflict, throttle, expireToken, loseRequest, loseResponse].map(({ name }) => name)].filter(
        (fault) => isCertain(named(circumstance), fault),
      );

    expect(certain('for good')).toEqual(['none', conflict.name, throttle.name, expireToken.name]);
    expect(certain('after a lost response')).toEqual([]);
  });
});

describe(planOf, () => {
  it('befalls the first write of each process, and nothing else', () => {
    const choose = planOf(named('after a lost response'), () => undefined)();

    expect(choose(upcoming(1, 'GetItem'))).toBeUndefined();
    expect(choose(upcoming(2, 'PutItem'))).toBe(standardFaults.loseResponse);
    expect(choose(upcoming(3, 'PutItem'))).toBeUndefined();
  });

  it('holds the first write of each process back by a fault of its own', () => {
    const held: unknown[] = [];
    const plan = planOf(named('while the first request is late'), (late) => held.push(late));

    expect(plan()(upcoming(1, 'PutItem'))).toBe(held[0]);
    expect(plan()(upcoming(1, 'PutItem'))).toBe(held[1]);
    expect(held[0]).not.toBe(held[1]);
  });

  it('befalls nothing otherwise', () => {
    expect(planOf(named('in passing'), () => undefined)()(upcoming(1, 'PutItem'))).toBeUndefined();
  });
});
