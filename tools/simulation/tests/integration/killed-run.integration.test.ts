import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runKilled } from '../../src/killed/killed-run.ts';

const blindWorker = pathToFileURL(join(__dirname, '../support/blind-worker-main.ts'));

const market = { seed: 3, ticks: 150, orders: 50, env: process.env };

describe(runKilled, () => {
  it('finds every order as it ends undisturbed, though one worker after the other is killed', async () => {
    const lines: string[] = [];

    const { broken, runs, summary } = await runKilled({
      ...market,
      crews: [2],
      progress: (line) => lines.push(line),
    });

    expect(broken).toEqual([]);
    expect(runs).toBe(1);
    expect(summary.deaths).toBeGreaterThanOrEqual(3);
    expect(summary.orders?.['COMPLETED']).toBeGreaterThan(10);
    expect(summary.told?.['done']).toBeGreaterThan(150);
    expect(lines).toEqual([
      expect.stringMatching(/^seed 3 on /),
      expect.stringMatching(/^2 at once: \d+ killed; 0 broken/),
    ]);
  }, 240_000);

  it('finds orders that no worker has looked at', async () => {
    const few = { ...market, ticks: 30, orders: 15 };

    const { broken } = await runKilled({ ...few, crews: [1], program: blindWorker });

    expect(broken[0]?.violations.map(({ rule }) => rule)).toContain('end differs');
  }, 240_000);
});
