import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { toBalanceItem } from '@cnop/entities-ledger/table';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { matrixRows } from '../../src/rows/matrix-rows.ts';
import { runMatrix } from '../../src/run-matrix.ts';
import type { World } from '../../src/world.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

const rowNamed = (name: string) => matrixRows.filter((row) => row.name === name);
const problemsOf = ({ runs }: Awaited<ReturnType<typeof runMatrix>>) => runs.flatMap(({ problems }) => problems);

describe('a planted bug', () => {
  it.each(Object.keys(plantedBugs))('is found: %s', async (name) => {
    const { row, under, problem, ...bug } = plantedBugs[name]!;

    const found = await runMatrix({ rows: rowNamed(row), seed: 1, under: [under], ...bug });

    expect(problemsOf(found).join('\n')).toContain(problem);
  });
});

describe(runMatrix, () => {
  it('finds nothing where there is no bug', async () => {
    const lines: string[] = [];

    const found = await runMatrix({ rows: rowNamed('withdraw, keyed'), seed: 1, progress: (line) => lines.push(line) });

    expect(problemsOf(found)).toEqual([]);
    expect(found.stray).toEqual([]);
    expect(new Set(found.runs.map(({ circumstance }) => circumstance)).size).toBe(5);
    expect(lines).toEqual([
      expect.stringMatching(/^Running 1 flows on \w+ DynamoDB with seed 1$/) as string,
      expect.stringMatching(/^Checking the ledger of \d+ worlds$/) as string,
    ]);
  });

  it('reports a row that is not about the method that it names', async () => {
    const [row] = rowNamed('confirm an order');

    const found = await runMatrix({
      rows: [{ ...row!, method: 'OrderDao.updateOrder' }],
      seed: 1,
      under: ['for good'],
    });

    expect(problemsOf(found)).toEqual(['The row never calls OrderDao.updateOrder.']);
  });

  it('reports a row that cannot be prepared, under each circumstance', async () => {
    const [row] = rowNamed('deposit, keyed');
    const prepare = () => Promise.reject(new Error('There is no such user.'));

    const { runs } = await runMatrix({ rows: [{ ...row!, prepare }], seed: 1 });

    expect(runs).toHaveLength(5);
    expect(new Set(runs.map(({ problems }) => problems.join()))).toEqual(
      new Set(['The row cannot be tried: There is no such user.']),
    );
  });

  it('finds in the ledger what no look at the row shows, and in whose world it is', async () => {
    const [row] = rowNamed('confirm an order');
    const prepare = async (world: World) => {
      const { database, username } = world;
      const Item = toBalanceItem(makeBalance({ owner: username }));
      await database.writer.send(new PutCommand({ TableName: database.tableName('ledger'), Item }));
      return await row!.prepare(world);
    };

    const { runs, stray } = await runMatrix({ rows: [{ ...row!, prepare }], seed: 1, under: ['for good'] });

    const sound = runs.filter(
      ({ username, problems }) =>
        !problems.join('\n').includes(`the ledger is broken: available-differs-from-postings ${username} USD`),
    );
    expect(sound).toEqual([]);
    // That of the one world in which the call was never made.
    expect(new Set(stray.map(({ owner: username }) => username)).size).toBe(1);
  });
});
