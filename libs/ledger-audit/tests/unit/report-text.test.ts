import type { LedgerReport } from '@cnop/ledger-audit';
import { brokenInvariant } from '../../src/broken-invariant.ts';
import { reportText } from '../../src/report-text.ts';

const clean: LedgerReport = {
  broken: [],
  brokenCount: 0,
  unsettled: [],
  unsettledCount: 0,
  counts: {
    owners: 9,
    users: 1,
    emailClaims: 2,
    balances: 3,
    transactions: 4,
    idempotencyClaims: 5,
    orders: 6,
    openOrders: 7,
    assets: 0,
    ticks: 0,
    others: 8,
  },
  durationMs: 1_234,
};

describe(reportText, () => {
  it('says what was read', () => {
    expect(reportText(clean)).toBe(
      'Read 9 owners, 3 balances, 4 journal entries, 5 idempotency claims, 6 orders (7 open), 1 users, ' +
        '2 e-mail claims, 0 assets, 0 ticks and 8 other items in 1.2 s.\n' +
        '\n0 broken invariants\n',
    );
  });

  it('shows each break, then what was left out', () => {
    const broken = brokenInvariant('held-negative', {
      owner: 'ada',
      code: 'USD',
      items: [{ pk: 'OWNER#ada', heldMinor: -1n }],
      omittedItems: 2,
      expected: 0n,
      found: -1n,
    });

    const text = reportText({ ...clean, broken: [broken], brokenCount: 3 });

    expect(text.split('\n').slice(1)).toEqual([
      '',
      'Invariant 2, held-negative, owner ada, code USD',
      '  The held amount is below zero.',
      '  expected: 0',
      '  found:    -1',
      '  {"pk":"OWNER#ada","heldMinor":"-1"}',
      '  and 2 more items',
      '',
      'and 2 more broken invariants',
      '',
      '3 broken invariants',
      '',
    ]);
  });

  it('says what never settled', () => {
    const unsettled = brokenInvariant('held-negative', { owner: 'ada', items: [] });

    const text = reportText({ ...clean, unsettled: [unsettled], unsettledCount: 1 });

    expect(text).toContain('Invariant 2, held-negative, owner ada');
    expect(text).toContain('1 unsettled: each looked broken whenever it was read');
    expect(text).toMatch(/\n0 broken invariants\n$/);
  });

  it('passes no control characters on to a terminal', () => {
    const broken = brokenInvariant('held-negative', { owner: 'a\u001B[2J\nb', items: [{ pk: 'x\u0007' }] });

    const text = reportText({ ...clean, broken: [broken], brokenCount: 1 });

    expect(text).toContain('owner a [2J b');
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
