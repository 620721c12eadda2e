import { countAnswers, undeclared } from '../../src/load/answers.ts';

const problem = (code: string) => JSON.stringify({ type: 'about:blank', status: 503, code });

describe(countAnswers, () => {
  it('tells orders, problems and other answers apart', () => {
    const answers = countAnswers();

    answers.add(201, JSON.stringify({ status: 'COMPLETED' }));
    answers.add(201, JSON.stringify({ status: 'COMPLETED' }));
    answers.add(503, problem('THROTTLED'));
    answers.add(502, '<html>');
    answers.add(500, '{}');

    expect([...answers.counted]).toEqual([
      ['201', 2],
      ['THROTTLED', 1],
      ['502', 1],
      ['500', 1],
    ]);
  });
});

describe(undeclared, () => {
  it.each([
    [{ '201': 5 }, []],
    [{ THROTTLED: 1, CONTENTION: 2 }, []],
    [
      { '201': 5, '500': 1, BALANCE_INSUFFICIENT: 3, toString: 1 },
      ['500: 1', 'BALANCE_INSUFFICIENT: 3', 'toString: 1'],
    ],
  ])('finds in %j what is no order and not to be repeated', (counted, found) => {
    expect(undeclared(new Map(Object.entries(counted)))).toEqual(found);
  });
});
