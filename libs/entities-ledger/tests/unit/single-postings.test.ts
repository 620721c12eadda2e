import { sharedErrors } from '@cnop/exceptions';
import { adjustmentPostings, depositPostings, withdrawalPostings } from '@cnop/entities-ledger';
import { thrownBy } from './thrown-by.ts';

const amount = { code: 'USD', amountMinor: 1_250n, scale: 2 };
const tooMuch = 10n ** 24n + 1n;

describe(depositPostings, () => {
  it('adds the amount to available', () => {
    expect(depositPostings(amount)).toEqual([{ code: 'USD', bucket: 'available', amountMinor: 1_250n, scale: 2 }]);
  });

  it('takes the largest amount there is', () => {
    expect(depositPostings({ ...amount, amountMinor: 10n ** 24n })).toMatchObject([{ amountMinor: 10n ** 24n }]);
  });
});

describe(withdrawalPostings, () => {
  it('takes the amount out of available', () => {
    expect(withdrawalPostings(amount)).toEqual([{ code: 'USD', bucket: 'available', amountMinor: -1_250n, scale: 2 }]);
  });
});

describe.each([depositPostings, withdrawalPostings])('%p', (postings) => {
  it.each([
    [0n, 'positive'],
    [-1n, 'positive'],
    [tooMuch, 'range'],
  ])('refuses %p by the rule "%s"', (amountMinor, rule) => {
    const error = thrownBy(() => postings({ ...amount, amountMinor }));

    expect(error).toBeInstanceOf(sharedErrors.InvalidAmountError);
    expect(error).toMatchObject({ details: { rule } });
    expect(error).not.toHaveProperty('details.field');
  });
});

describe(adjustmentPostings, () => {
  it.each([1_250n, -1_250n, 10n ** 24n, -(10n ** 24n)])('moves %p in or out of available', (amountMinor) => {
    expect(adjustmentPostings({ ...amount, amountMinor })).toEqual([
      { code: 'USD', bucket: 'available', amountMinor, scale: 2 },
    ]);
  });

  it.each([
    [0n, 'non-zero'],
    [tooMuch, 'range'],
    [-tooMuch, 'range'],
  ])('refuses %p by the rule "%s"', (amountMinor, rule) => {
    const error = thrownBy(() => adjustmentPostings({ ...amount, amountMinor }));

    expect(error).toBeInstanceOf(sharedErrors.InvalidAmountError);
    expect(error).toMatchObject({ details: { rule } });
  });
});
