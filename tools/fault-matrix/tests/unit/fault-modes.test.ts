import { standardFaults, type UpcomingCall } from '@cnop/testing';
import { columnNames, columnOf, firstWritePlan, isCertain, modesOf, type FaultMode } from '../../src/fault-modes.ts';

const usual = modesOf({ effect: ['+ a'] });
const late = modesOf({ effect: ['+ a'], refusal: 'BALANCE_INSUFFICIENT' });
const [atEachCall, , afterLostResponse] = usual as [FaultMode, FaultMode, FaultMode];
const upcoming = (index: number, target: string): UpcomingCall => ({ index, target, body: '{}', random: () => 0.5 });

describe('the modes', () => {
  it('inject every standard fault but that of batches, each in a column, late ones anew for each exploration', () => {
    const faults = [...usual, ...late].flatMap((mode) => mode.faults());
    const names = new Set(faults.map(({ name }) => name));
    const left = Object.values(standardFaults).filter(({ name }) => !names.has(name));

    expect(left).toEqual([standardFaults.truncateBatch]);
    expect(new Set([...names].map(columnOf))).toEqual(new Set(columnNames.slice(1)));
    expect(atEachCall.faults().filter((fault) => fault.release && faults.includes(fault))).toEqual([]);
  });

  it('leave no doubt after faults that carry nothing out', () => {
    const faults = [...atEachCall.faults().map(({ name }) => name), 'none'];
    const certain = (mode: FaultMode) => new Set(faults.filter((fault) => isCertain(mode, fault)).map(columnOf));

    expect(certain(atEachCall)).toEqual(new Set(['none', 'conflict', 'throttle', 'expired']));
    expect(certain(afterLostResponse)).toEqual(new Set());
  });
});

it('loses the response to the first write of each process, or holds it back by a fault of its own', () => {
  const held: unknown[] = [];
  const lose = firstWritePlan(afterLostResponse, () => undefined)();
  const hold = firstWritePlan(late[0]!, (fault) => held.push(fault));

  const chosen = ['GetItem', 'PutItem', 'PutItem'].map((target, index) => lose(upcoming(index + 1, target)));
  expect(chosen).toEqual([undefined, standardFaults.loseResponse, undefined]);
  expect([hold()(upcoming(1, 'PutItem')), hold()(upcoming(1, 'PutItem'))]).toEqual(held);
  expect(held[0]).not.toBe(held[1]);
});
