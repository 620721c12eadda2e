import { readArguments, usage } from '../../src/arguments.ts';

const env = { PATH: '/bin' };

describe(readArguments, () => {
  it('runs the short form on the embedded emulator with a seed drawn by chance', () => {
    const asked = readArguments([], env);

    expect(asked).toEqual({
      kind: 'run',
      operations: expect.any(Number) as number,
      seed: expect.any(Number) as number,
      clients: 16,
      faultRate: 0.1,
      json: false,
      env: { PATH: '/bin', CNOP_DYNAMODB: 'embedded' },
    });
    expect(asked).not.toEqual(readArguments([], env));
  });

  it('takes what it is given', () => {
    const args = ['--operations', '200000', '--seed', '9', '--clients', '32', '--faults', '0.25', '--json'];

    expect(readArguments(args, env)).toMatchObject({
      operations: 200_000,
      seed: 9,
      clients: 32,
      faultRate: 0.25,
      json: true,
    });
  });

  it.each([
    [
      ['--backend', 'java'],
      { DYNAMODB_ENDPOINT: 'http://here' },
      { CNOP_DYNAMODB: 'java', DYNAMODB_ENDPOINT: undefined },
    ],
    [[], { DYNAMODB_ENDPOINT: 'http://here' }, { CNOP_DYNAMODB: 'embedded', DYNAMODB_ENDPOINT: 'http://here' }],
    [[], { CNOP_DYNAMODB: 'docker' }, { CNOP_DYNAMODB: 'docker' }],
  ])('goes by %j in the environment %j', (args, given, expected) => {
    expect(readArguments(args, given)).toMatchObject({ env: expected });
  });

  it.each([
    [['--seed', '0'], '--seed must be a positive whole number'],
    [['--operations', 'many'], '--operations must be a positive whole number'],
    [['--faults', '0.6'], '--faults must be a number from 0 to 0.5'],
    [['--faults', '-1'], "Option '--faults'"],
    [['--backend', 'oracle'], '--backend must be one of embedded, java, docker'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('refuses %j', (args, problem) => {
    expect(readArguments(args, env)).toEqual({ kind: 'refuse', problem: expect.stringContaining(problem) as string });
  });

  it('explains itself', () => {
    expect(readArguments(['--help'], env)).toEqual({ kind: 'help' });
    expect(usage).toMatch(/^usage: npm run bank-test/);
  });
});
