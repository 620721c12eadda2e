import { sharedErrors } from '@cnop/exceptions';
import fc from 'fast-check';
import { holdPostings, releasePostings } from '@cnop/entities-ledger';
import { amount } from './arbitraries.ts';

const hold = { code: 'USD', amountMinor: 1_250n, scale: 2 };

describe(holdPostings, () => {
  it('moves the amount from available to held', () => {
    expect(holdPostings(hold)).toEqual([
      { code: 'USD', bucket: 'available', amountMinor: -1_250n, scale: 2 },
      { code: 'USD', bucket: 'held', amountMinor: 1_250n, scale: 2 },
    ]);
  });

  it('is undone by a release of the same amount', () => {
    fc.assert(
      fc.property(amount, (amount) => {
        const there = holdPostings(amount);
        const back = releasePostings(amount);

        expect(back).toEqual(there.map((posting) => ({ ...posting, amountMinor: -posting.amountMinor })));
        expect(there.reduce((sum, posting) => sum + posting.amountMinor, 0n)).toBe(0n);
      }),
    );
  });
});

describe(releasePostings, () => {
  it('moves the amount from held to available', () => {
    expect(releasePostings(hold)).toEqual([
      { code: 'USD', bucket: 'available', amountMinor: 1_250n, scale: 2 },
      { code: 'USD', bucket: 'held', amountMinor: -1_250n, scale: 2 },
    ]);
  });
});

describe.each([holdPostings, releasePostings])('%p', (postings) => {
  it.each([0n, -1n, 10n ** 24n + 1n])('refuses the amount %p', (amountMinor) => {
    expect(() => postings({ ...hold, amountMinor })).toThrow(sharedErrors.InvalidAmountError);
  });
});
