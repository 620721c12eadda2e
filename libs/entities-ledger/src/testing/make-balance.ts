import { type Balance, BalanceStatus } from '../index.ts';

/** A valid balance, 100.00 USD deposited and available; the same one each time, save for what `overrides` names. */
export function makeBalance(overrides: Partial<Balance> = {}): Balance {
  return {
    owner: 'alice',
    code: 'USD',
    scale: 2,
    availableMinor: 10_000n,
    heldMinor: 0n,
    totalDepositedMinor: 10_000n,
    totalWithdrawnMinor: 0n,
    openOrders: 0,
    status: BalanceStatus.ACTIVE,
    version: 1,
    createdAt: '2026-01-02T03:04:05.678Z',
    updatedAt: '2026-01-02T03:04:05.678Z',
    ...overrides,
  };
}
