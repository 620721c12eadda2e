import fc from 'fast-check';
import {
  balanceListResponseSchema,
  balanceResponseSchema,
  balanceSchema,
  balanceUpdateSchema,
  toBalanceListResponse,
  toBalanceResponse,
} from '@cnop/entities-ledger';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { balance } from './arbitraries.ts';

describe('balanceSchema', () => {
  it('accepts any valid balance as it is', () => {
    fc.assert(
      fc.property(balance, (balance) => {
        expect(balanceSchema.parse(balance)).toEqual(balance);
      }),
    );
  });

  it.each(['availableMinor', 'heldMinor', 'totalDepositedMinor', 'totalWithdrawnMinor'])(
    'refuses %s below zero, beyond 10²⁴, or as a number',
    (amount) => {
      for (const wrong of [-1n, 10n ** 24n + 1n, 1]) {
        expect(balanceSchema.safeParse({ ...makeBalance(), [amount]: wrong }).success).toBe(false);
      }
    },
  );

  it.each([
    { scale: 19 },
    { scale: -1 },
    { scale: 0.5 },
    { status: 'CLOSED' },
    { version: 0 },
    { openOrders: -1 },
    { openOrders: 0.5 },
    { code: 'usd' },
  ])('refuses %p', (wrong) => {
    expect(balanceSchema.safeParse({ ...makeBalance(), ...wrong }).success).toBe(false);
  });
});

describe('balanceUpdateSchema', () => {
  it.each(['ACTIVE', 'FROZEN'])('accepts the status %s', (status) => {
    expect(balanceUpdateSchema.parse({ status })).toEqual({ status });
  });

  it.each([{}, { status: undefined }, { status: 'CLOSED' }, { status: 'FROZEN', availableMinor: 5n }])(
    'refuses %p',
    (update) => {
      expect(balanceUpdateSchema.safeParse(update).success).toBe(false);
    },
  );
});

describe(toBalanceResponse, () => {
  it('shows amounts as decimal text with exactly the scale’s decimals', () => {
    const balance = makeBalance({
      availableMinor: 1_250n,
      heldMinor: 5n,
      openOrders: 2,
      totalWithdrawnMinor: 100_000n,
    });

    expect(toBalanceResponse(balance)).toStrictEqual({
      username: 'alice',
      code: 'USD',
      scale: 2,
      available: '12.50',
      held: '0.05',
      totalDeposited: '100.00',
      totalWithdrawn: '1000.00',
      openOrders: 2,
      status: 'ACTIVE',
      version: 1,
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
    });
  });

  it('shows any balance in the shape of its schema', () => {
    fc.assert(
      fc.property(balance, (balance) => {
        const response = toBalanceResponse(balance);

        expect(balanceResponseSchema.parse(response)).toEqual(response);
      }),
    );
  });
});

describe(toBalanceListResponse, () => {
  it('shows every balance, in one page', () => {
    const balances = [makeBalance(), makeBalance({ code: 'AAPL', scale: 0 })];

    const response = toBalanceListResponse(balances);

    expect(response).toStrictEqual({ items: balances.map(toBalanceResponse) });
    expect(balanceListResponseSchema.parse(response)).toStrictEqual(response);
  });
});

it('an update of nothing is told what it lacks', () => {
  expect(balanceUpdateSchema.safeParse({}).error?.issues).toMatchObject([
    { message: 'At least one field must be given.' },
  ]);
});
