import { countAnswers } from '../../src/load/answers.ts';

const problem = (code: string, retryable = true) =>
  JSON.stringify({ type: 'about:blank', status: 503, code, retryable });

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

  it('finds what is neither an order nor a problem to be repeated', () => {
    const answers = countAnswers();

    answers.add(201, JSON.stringify({ status: 'COMPLETED' }));
    answers.add(503, problem('THROTTLED'));
    answers.add(422, problem('BALANCE_INSUFFICIENT', false));
    answers.add(422, problem('BALANCE_INSUFFICIENT', false));
    answers.add(500, 'null');

    expect(answers.undeclared()).toEqual(['BALANCE_INSUFFICIENT: 2', '500: 1']);
  });
});
