import fc from 'fast-check';
import { type BalanceEffect, balanceEffect } from '@cnop/entities-ledger';
import { makePosting, makeTransaction } from '@cnop/entities-ledger/testing';
import { transaction } from './arbitraries.ts';

const none: BalanceEffect = { availableMinor: 0n, heldMinor: 0n, depositedMinor: 0n, withdrawnMinor: 0n };

describe(balanceEffect, () => {
  it('adds a deposit to available and to the deposited total', () => {
    expect(balanceEffect(makeTransaction(), 'USD')).toEqual({
      ...none,
      availableMinor: 10_000n,
      depositedMinor: 10_000n,
    });
  });

  it('takes a withdrawal from available and adds it to the withdrawn total', () => {
    const withdrawal = makeTransaction({
      transactionType: 'WITHDRAW',
      postings: [makePosting({ amountMinor: -10_000n })],
    });

    expect(balanceEffect(withdrawal, 'USD')).toEqual({ ...none, availableMinor: -10_000n, withdrawnMinor: 10_000n });
  });

  it('moves a hold between the buckets and touches no total', () => {
    const hold = makeTransaction({
      transactionType: 'ORDER_HOLD',
      postings: [makePosting({ amountMinor: -5n }), makePosting({ amountMinor: 5n, bucket: 'held' })],
    });

    expect(balanceEffect(hold, 'USD')).toEqual({ ...none, availableMinor: -5n, heldMinor: 5n });
  });

  it.each([
    ['DEPOSIT', 'depositedMinor', 1n],
    ['WITHDRAW', 'withdrawnMinor', -1n],
  ] as const)('counts a malformed %s to held in its total, too', (transactionType, total, sign) => {
    const postings = [makePosting({ amountMinor: 5n * sign }), makePosting({ amountMinor: 7n * sign, bucket: 'held' })];

    expect(balanceEffect(makeTransaction({ transactionType, postings }), 'USD')[total]).toBe(12n);
  });

  it.each(['PENDING', 'FAILED', 'CANCELLED'] as const)('is nothing for a %s entry', (status) => {
    expect(balanceEffect(makeTransaction({ status }), 'USD')).toEqual(none);
  });

  it('is nothing for a code the entry has no posting of', () => {
    expect(balanceEffect(makeTransaction(), 'EUR')).toEqual(none);
  });

  it('is, code by code, the sum of the postings of every completed entry', () => {
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 8 }), (entries) => {
        const postings = entries.filter((entry) => entry.status === 'COMPLETED').flatMap((entry) => entry.postings);

        for (const code of new Set(entries.flatMap((entry) => entry.postings.map((posting) => posting.code)))) {
          const effects = entries.map((entry) => balanceEffect(entry, code));
          const available = effects.reduce((sum, effect) => sum + effect.availableMinor, 0n);
          const held = effects.reduce((sum, effect) => sum + effect.heldMinor, 0n);
          const expected = (bucket: string) =>
            postings
              .filter((posting) => posting.code === code && posting.bucket === bucket)
              .reduce((sum, posting) => sum + posting.amountMinor, 0n);

          expect({ available, held }).toEqual({ available: expected('available'), held: expected('held') });
        }
      }),
    );
  });

  it('never lowers a total', () => {
    fc.assert(
      fc.property(transaction, (entry) => {
        for (const { code } of entry.postings) {
          const { depositedMinor, withdrawnMinor } = balanceEffect(entry, code);

          expect(depositedMinor >= 0n && withdrawnMinor >= 0n).toBe(true);
        }
      }),
    );
  });
});
