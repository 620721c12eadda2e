import { readArguments } from '../../src/arguments.ts';
import { usernameIn, worldNames } from '../../src/world-names.ts';
import { withLedgerBreaks } from '../../src/ledger-breaks.ts';
import { matrixRows } from '../../src/rows/matrix-rows.ts';
import { runAll } from '../../src/run-all.ts';
import { runInProcesses } from '../../src/run-in-processes.ts';
import { selectRows, shareOf } from '../../src/select-rows.ts';
import { makeRun } from '../support/make-report.ts';

describe(readArguments, () => {
  it.each([
    [[], { kind: 'run', only: [], seed: 1, json: false }],
    [
      ['--only', 'deposit', '--only=refund', '--seed', '7', '--processes', '3', '--json'],
      { kind: 'run', only: ['deposit', 'refund'], seed: 7, processes: 3, json: true },
    ],
    [['--part', '2/3'], { kind: 'run', only: [], seed: 1, json: false, part: { number: 2, of: 3 } }],
    [['--help', '--seed', 'x'], { kind: 'help' }],
  ])('reads %p', (args, asked) => {
    expect(readArguments(args)).toEqual(asked);
  });

  it.each([
    [['--seed', 'x'], /--seed must be a positive whole number/],
    [['--processes', '0'], /--processes/],
    [['--part', '3/2'], /--part must be as 1\/2/],
    [['--part', '1'], /--part/],
    [['--sede', '1'], /--sede/],
  ])('refuses %p', (args, problem) => {
    expect(readArguments(args)).toEqual({ kind: 'refuse', problem: expect.stringMatching(problem) as string });
  });
});

describe(selectRows, () => {
  it('takes rows by a part of their name or method, and all of them unasked', () => {
    expect(selectRows(matrixRows, [])).toEqual(matrixRows);
    expect(selectRows(matrixRows, ['refund an order, ']).map(({ name }) => name)).toEqual([
      'refund an order, asset gone',
    ]);
    expect(new Set(selectRows(matrixRows, ['AssetDao.setPrice']).map(({ method }) => method))).toEqual(
      new Set(['AssetDao.setPrice']),
    );
  });

  it('refuses to take none', () => {
    expect(() => selectRows(matrixRows, ['nowhere', 'never made'])).toThrow("'nowhere' or 'never made'");
  });

  it('shares rows out, each once', () => {
    const shares = [1, 2, 3].flatMap((number) => shareOf(matrixRows, { number, of: 3 }));

    expect(new Set(shares)).toEqual(new Set(matrixRows));
    expect(shares).toHaveLength(matrixRows.length);
  });
});

describe(runAll, () => {
  it('does so many tasks at once, and gives the results in the order of the tasks', async () => {
    let running = 0;
    let most = 0;
    const tasks = [3, 1, 2, 1].map((turns, index) => async () => {
      most = Math.max(most, (running += 1));
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      running -= 1;
      return index;
    });

    expect(await runAll(tasks, 2)).toEqual([0, 1, 2, 3]);
    expect(most).toBe(2);
  });
});

describe(runInProcesses, () => {
  it('fails when a process does', async () => {
    const command = `${__dirname}/missing.ts`;

    await expect(runInProcesses({ only: [], seed: 1, processes: 1, command, execArgv: [] })).rejects.toThrow(
      'Part 1/1 of the matrix was not run to its end.',
    );
  });
});

describe(withLedgerBreaks, () => {
  it('knows the run whose world a finding is of', () => {
    const { username } = worldNames(12);
    const mine = {
      rule: 'available-differs-from-postings',
      owner: username,
      code: 'USD',
      expected: '5',
      found: '6',
      items: [],
    };
    const foreign = { ...mine, owner: 'mallory' };

    const { runs, stray } = withLedgerBreaks([makeRun({ username }), makeRun({ username: worldNames(1).username })], [
      mine,
      foreign,
    ] as never);

    expect(runs.map(({ problems }) => problems)).toEqual([
      [`the ledger is broken: available-differs-from-postings ${username} USD expected 5 found 6`],
      [],
    ]);
    expect(stray).toEqual([foreign]);
  });

  it('finds the name of a world in any text', () => {
    expect(usernameIn(JSON.stringify({ items: [{ pk: 'USER#w000012' }] }))).toBe('w000012');
    expect(usernameIn('USER#mallory')).toBeUndefined();
  });
});
