import type { DemoReport } from '../../src/demo-report.ts';
import { runDemo } from '../../src/run-demo.ts';

const ofAnyBackend = ({ backend, ...report }: DemoReport) => {
  expect(backend).toBeTruthy();
  return report;
};

describe(runDemo, () => {
  it('comes to the same for the same seed, at the cost of one request of four items per order, on a sound ledger', async () => {
    const lines: string[] = [];

    const first = await runDemo({ seed: 1, months: 6, progress: (line) => lines.push(line) });
    const again = await runDemo({ seed: 1, months: 6 });

    expect(ofAnyBackend(again)).toEqual(ofAnyBackend(first));
    const { orders, ...costs } = first.costs;
    expect(costs).toEqual({ requestsPerCall: 1, itemsPerOrder: 4, tableUnitsPerOrder: 8, indexUnitsPerOrder: 3 });
    expect(first.ledger).toMatchObject({
      brokenInvariants: 0,
      unsettled: 0,
      broken: [],
      checked: { users: 5, orders },
    });
    expect(first.users.reduce((sum, user) => sum + user.orders.completed, 0)).toBe(orders);
    expect(lines).toEqual([expect.stringMatching(/^Replaying 6 months on /), `2000-06: ${orders} orders executed`]);
  });

  it('comes to something else for another seed', async () => {
    const [first, other] = [await runDemo({ seed: 1, months: 6 }), await runDemo({ seed: 2, months: 6 })];

    expect(other.users).not.toEqual(first.users);
    expect(other.users.map(({ paidIn }) => paidIn)).toEqual(first.users.map(({ paidIn }) => paidIn));
    expect(other.ledger.brokenInvariants).toBe(0);
  });

  it('fails when there is no month to replay', async () => {
    await expect(runDemo({ seed: 1, months: 0 })).rejects.toThrow('There is no month to replay.');
  });
});
