import { toBalanceItem } from '@cnop/entities-ledger/table';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { BalanceDao, type BalanceCapture, type BalanceHold } from '../../src/index.ts';
import { openOfflineDatabase } from '../support/offline-database.ts';

const balances = new BalanceDao({ database: openOfflineDatabase() });
const place = { owner: 'alice', code: 'USD', scale: 2, at: '2026-01-02T03:04:05.678Z' };
const move: BalanceHold = { ...place, amountMinor: 1_250n };
const capture: BalanceCapture = { ...place, heldMinor: 1_250n, availableMinor: -50n };

const stored = (overrides: Parameters<typeof makeBalance>[0] = {}) => ({ ...toBalanceItem(makeBalance(overrides)) });
const issueAt = (pointer: string, message: unknown = expect.any(String)) =>
  expect.objectContaining({
    code: 'VALIDATION_FAILED',
    details: { issues: [expect.objectContaining({ pointer, message })] },
  }) as Error;

describe('BalanceDao.holdAction', () => {
  const action = balances.holdAction({ ...move, opensOrder: true, maxOpenOrders: 2 });

  it.each([
    { oldItem: undefined, code: 'BALANCE_INSUFFICIENT', details: { available: '0.00', required: '12.50' } },
    { oldItem: stored({ availableMinor: 1_249n, openOrders: 1 }), code: 'BALANCE_INSUFFICIENT', details: {} },
    { oldItem: stored({ availableMinor: 0n, openOrders: 2 }), code: 'TOO_MANY_OPEN_ORDERS', details: { maximum: 2 } },
    { oldItem: stored({ openOrders: 3 }), code: 'TOO_MANY_OPEN_ORDERS', details: { code: 'USD', maximum: 2 } },
    { oldItem: stored({ openOrders: 2, status: 'FROZEN' }), code: 'BALANCE_FROZEN', details: { code: 'USD' } },
    { oldItem: stored({ scale: 4, status: 'FROZEN' }), code: 'BALANCE_SCALE_MISMATCH', details: { expectedScale: 4 } },
  ])('refuses as $code: %#', ({ oldItem, code, details }) => {
    expect(action.onConditionFailed(oldItem)).toMatchObject({ code, details });
  });

  it('does not count orders where no maximum is given', () => {
    const refusal = balances.holdAction({ ...move, opensOrder: true }).onConditionFailed(stored({ openOrders: 9_999 }));

    expect(refusal.code).toBe('BALANCE_INSUFFICIENT');
  });

  it.each([{ maxOpenOrders: 5 }, { opensOrder: false, maxOpenOrders: 5 }])('refuses %j', (wrong) => {
    expect(() => balances.holdAction({ ...move, ...wrong })).toThrow(
      issueAt('/maxOpenOrders', 'A maximum is for a hold that opens an order.'),
    );
  });

  it.each([0, -1, 1.5])('refuses a maximum of %d', (maxOpenOrders) => {
    expect(() => balances.holdAction({ ...move, opensOrder: true, maxOpenOrders })).toThrow(issueAt('/maxOpenOrders'));
  });
});

describe('BalanceDao.captureAction', () => {
  it('refuses a frozen balance before it looks at what is held', () => {
    const refusal = balances.captureAction(capture).onConditionFailed(stored({ status: 'FROZEN' }));

    expect(refusal.code).toBe('BALANCE_FROZEN');
  });

  it.each([
    [0n, -50n],
    [0n, 0n],
    [-1n, 0n],
  ])('refuses to capture %d and to return %d', (heldMinor, availableMinor) => {
    expect(() => balances.captureAction({ ...capture, heldMinor, availableMinor })).toThrow(
      expect.objectContaining({ code: 'AMOUNT_INVALID', details: { rule: 'positive', field: 'heldMinor' } }) as Error,
    );
  });

  it('refuses to capture more than 10^24', () => {
    expect(() => balances.captureAction({ ...capture, heldMinor: 10n ** 24n + 1n })).toThrow(
      expect.objectContaining({ code: 'AMOUNT_INVALID', details: { rule: 'range', field: 'heldMinor' } }) as Error,
    );
  });

  it.each([1_250n, 1_251n])('refuses that %d comes back of 1,250', (availableMinor) => {
    expect(() => balances.captureAction({ ...capture, availableMinor })).toThrow(
      issueAt('/availableMinor', 'Less comes back than is captured.'),
    );
  });

  it('refuses to take more than 10^24 out of available', () => {
    const availableMinor = -(10n ** 24n) - 1n;

    expect(() => balances.captureAction({ ...capture, availableMinor })).toThrow(issueAt('/availableMinor'));
  });
});

describe.each(['holdAction', 'releaseAction', 'creditHeldAction'] as const)('BalanceDao.%s', (action) => {
  it.each([
    ['positive', 0n],
    ['positive', -1n],
    ['range', 10n ** 30n],
  ])('refuses by the rule %p an amount of %d', (rule, amountMinor) => {
    expect(() => balances[action]({ ...move, amountMinor })).toThrow(
      expect.objectContaining({ code: 'AMOUNT_INVALID', details: { rule } }) as Error,
    );
  });
});

describe.each([
  ['holdAction', move],
  ['releaseAction', move],
  ['creditHeldAction', move],
  ['captureAction', capture],
] as const)('BalanceDao.%s refuses before anything is sent', (action, valid) => {
  it.each<[pointer: string, wrong: object]>([
    ['/owner', { owner: 'alice#bob' }],
    ['/code', { code: 'usd#1' }],
    ['/scale', { scale: 5 }],
    ['/scale', { code: 'ACME', scale: 99 }],
    ['/at', { at: 'yesterday' }],
    ['/external', { external: true }],
  ])('a wrong %s of %j', (pointer, wrong) => {
    expect(() => balances[action]({ ...valid, ...wrong } as never)).toThrow(issueAt(pointer));
  });
});

describe('BalanceDao.creditHeldAction', () => {
  it('has no error for a balance that does not exist', () => {
    expect(() => balances.creditHeldAction(move).onConditionFailed(undefined)).toThrow('absent balance');
  });
});
