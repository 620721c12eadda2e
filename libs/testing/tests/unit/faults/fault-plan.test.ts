import {
  crashBefore,
  everyCall,
  everyCallInTurn,
  firstOf,
  fromCall,
  loseRequest,
  loseResponse,
  nthCall,
  pass,
  passAll,
  script,
  type FaultPlan,
} from '../../../src/index.ts';

/** The names of the faults injected into calls of these operations, in order; `-` for none. */
function namesOf(plan: FaultPlan, targets: readonly string[]): string[] {
  const choose = plan();

  return targets.map((target, index) => {
    return choose({ index: index + 1, target, body: '{}', random: () => 0.5 })?.name ?? '-';
  });
}

const request = 'lost request (timeout)';
const response = 'lost response (timeout)';

describe('fault plans', () => {
  it('let everything pass', () => {
    expect(namesOf(passAll, ['PutItem'])).toEqual(['-']);
  });

  it('give one fault to each call in turn', () => {
    const plan = script([loseRequest(), pass(), loseResponse()]);

    expect(namesOf(plan, ['A', 'B', 'C', 'D'])).toEqual([request, 'none', response, '-']);
  });

  it('count the calls of the operations meant only', () => {
    const targets = ['Get', 'Put', 'Get', 'Put', 'Put'];

    expect(namesOf(script([loseRequest()], { target: 'Put' }), targets)).toEqual(['-', request, '-', '-', '-']);
    expect(namesOf(nthCall(2, loseRequest(), { target: 'Put' }), targets)).toEqual(['-', '-', '-', request, '-']);
    expect(namesOf(everyCall(loseRequest(), { target: ['Put'] }), targets)).toEqual([
      '-',
      request,
      '-',
      request,
      request,
    ]);
  });

  it('inject into a call and all that follow it', () => {
    const targets = ['Get', 'Put', 'Put', 'Get'];

    expect(namesOf(fromCall(2, loseRequest()), targets)).toEqual(['-', request, request, request]);
    expect(namesOf(fromCall(2, loseRequest(), { target: 'Put' }), targets)).toEqual(['-', '-', request, '-']);
  });

  it('start anew each time', () => {
    const plan = firstOf(script([loseRequest()]), nthCall(2, loseResponse()));

    expect(namesOf(plan, ['A', 'B'])).toEqual([request, response]);
    expect(namesOf(plan, ['A', 'B'])).toEqual([request, response]);
  });

  it('inject into every call in turn', () => {
    const runs = everyCallInTurn(3, crashBefore()).map((plan) => namesOf(plan, ['A', 'B', 'C']));

    expect(runs).toEqual([
      ['crash before', '-', '-'],
      ['-', 'crash before', '-'],
      ['-', '-', 'crash before'],
    ]);
  });

  it('count calls that another plan has taken', () => {
    const plan = firstOf(nthCall(1, loseRequest()), script([loseResponse(), crashBefore()]));

    expect(namesOf(plan, ['A', 'B'])).toEqual([request, 'crash before']);
  });

  it.each([0, -1, 1.5])('refuse call number %d', (n) => {
    expect(() => nthCall(n, pass())).toThrow(RangeError);
    expect(() => fromCall(n, pass())).toThrow(RangeError);
  });
});
