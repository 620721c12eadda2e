import { createFindingLog } from '../../src/audit-context.ts';
import { brokenInvariant } from '../../src/broken-invariant.ts';

const finding = (code: string) => brokenInvariant('available-negative', { owner: 'ada', code, items: [] });

describe(createFindingLog, () => {
  it('counts everything and keeps as much as it may', () => {
    const heard: (string | undefined)[] = [];
    const log = createFindingLog({ maxBroken: 2, onBroken: ({ code }) => heard.push(code) });

    log.report(finding('A'), finding('B'));
    log.report(finding('C'));
    log.reportUnsettled(finding('A'), finding('B'), finding('C'));

    expect(log.broken).toEqual([finding('A'), finding('B')]);
    expect(log.unsettled).toEqual([finding('A'), finding('B')]);
    expect(log.counts()).toEqual({ brokenCount: 3, unsettledCount: 3 });
    expect(heard).toEqual(['A', 'B', 'C']);
  });

  it('reports a partition that is found twice once', () => {
    const log = createFindingLog({ maxBroken: 10 });

    log.report(finding('A'), finding('A'));
    log.report(finding('A'));

    expect(log.broken).toEqual([finding('A')]);
    expect(log.counts().brokenCount).toBe(1);
  });

  it('tells items that cannot be read apart by their keys', () => {
    const log = createFindingLog({ maxBroken: 10 });

    log.report(...['1', '2'].map((sk) => brokenInvariant('malformed-item', { items: [{ pk: 'USER#ada', sk }] })));

    expect(log.counts().brokenCount).toBe(2);
  });
});
