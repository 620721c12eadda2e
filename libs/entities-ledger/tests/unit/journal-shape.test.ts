import fc from 'fast-check';
import { type BalanceTransaction, type JournalShape, journalShapeProblem } from '@cnop/entities-ledger';
import { makePosting, makeTransaction } from '@cnop/entities-ledger/testing';
import { transaction } from './arbitraries.ts';

const orderId = '7d444840-9dc0-51d1-b245-5ffdce74fad2';
const usd = (amountMinor: bigint, bucket: 'available' | 'held' = 'available') => makePosting({ amountMinor, bucket });
const shares = (amountMinor: bigint, bucket: 'available' | 'held' = 'available') =>
  makePosting({ code: 'AAPL', amountMinor, bucket, scale: 1 });

/** 1.5 shares at 3.3333: exactly 4.99995. */
const buyFill = { priceMinor: 33_333n, priceScale: 4, quantityMinor: 15n, quantityScale: 1, side: 'BUY' as const };
const sellFill = { ...buyFill, side: 'SELL' as const };

const deposit = makeTransaction();
const withdrawal = makeTransaction({ transactionType: 'WITHDRAW', postings: [usd(-1n)] });
const adjustment = makeTransaction({ transactionType: 'SYSTEM_ADJUSTMENT', postings: [usd(-1n)] });
const hold = makeTransaction({ transactionType: 'ORDER_HOLD', orderId, postings: [usd(-5n), usd(5n, 'held')] });
const release = makeTransaction({ transactionType: 'ORDER_RELEASE', orderId, postings: [usd(5n), usd(-5n, 'held')] });
const buy = makeTransaction({
  transactionType: 'ORDER_PAYMENT',
  orderId,
  fill: buyFill,
  postings: [usd(-500n), shares(15n)],
});
const sale = makeTransaction({
  transactionType: 'ORDER_PAYMENT',
  orderId,
  fill: sellFill,
  postings: [usd(499n), shares(-15n)],
});
const refund = makeTransaction({ transactionType: 'ORDER_REFUND', orderId, postings: [usd(500n), shares(-15n)] });

function problemOf(entry: BalanceTransaction, changes: Partial<JournalShape>): string | undefined {
  return journalShapeProblem({ ...entry, ...changes });
}

describe(journalShapeProblem, () => {
  it('finds nothing wrong with any entry that our postings make', () => {
    fc.assert(
      fc.property(transaction, (entry) => {
        expect(journalShapeProblem(entry)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it.each([deposit, withdrawal, adjustment, hold, release, buy, sale, refund])(
    'finds nothing wrong with a well-formed $transactionType',
    (entry) => {
      expect(journalShapeProblem(entry)).toBeUndefined();
    },
  );

  describe('of every entry', () => {
    it.each([withdrawal, adjustment, hold, release, buy, refund])(
      'names a $transactionType that is not COMPLETED',
      (entry) => {
        expect(problemOf(entry, { status: 'PENDING' })).toBe(
          `${entry.transactionType} must be COMPLETED, not PENDING.`,
        );
      },
    );

    it.each(['PENDING', 'FAILED', 'CANCELLED'] as const)('lets a DEPOSIT be %s', (status) => {
      expect(problemOf(deposit, { status })).toBeUndefined();
    });

    it.each([hold, release, buy, refund])('names a $transactionType that is FAILED', (entry) => {
      expect(problemOf(entry, { status: 'FAILED' })).toBe(`${entry.transactionType} must be COMPLETED, not FAILED.`);
    });

    it.each([withdrawal, adjustment])('lets a $transactionType be FAILED, but not CANCELLED', (entry) => {
      expect(problemOf(entry, { status: 'FAILED' })).toBeUndefined();
      expect(problemOf(entry, { status: 'CANCELLED' })).toBeDefined();
    });

    it.each([hold, release, buy, refund])('names a $transactionType without an order', (entry) => {
      expect(problemOf(entry, { orderId: undefined })).toBe(`${entry.transactionType} must name its order.`);
    });

    it.each([deposit, withdrawal, adjustment])('names a $transactionType with an order', (entry) => {
      expect(problemOf(entry, { orderId })).toBe(`${entry.transactionType} must name no order.`);
    });

    it.each([deposit, withdrawal, adjustment, hold, release, refund])(
      'names a $transactionType with a fill',
      (entry) => {
        expect(problemOf(entry, { fill: buyFill })).toBe(`${entry.transactionType} must carry no fill.`);
      },
    );

    it('names a posting of zero', () => {
      expect(problemOf(deposit, { postings: [usd(0n)] })).toBe('The posting of USD to available must not be zero.');
    });

    it.each([10n ** 24n + 1n, -(10n ** 24n) - 1n])('names a posting of %p', (amountMinor) => {
      expect(problemOf(adjustment, { postings: [usd(amountMinor)] })).toBe(
        'The posting of USD to available must stay within 10^24 minor units.',
      );
    });

    it.each([10n ** 24n, -(10n ** 24n)])('lets a posting be %p', (amountMinor) => {
      expect(problemOf(adjustment, { postings: [usd(amountMinor)] })).toBeUndefined();
    });

    it.each([-1, 19, 0.5, Number.NaN])('names a posting of scale %p', (scale) => {
      expect(problemOf(deposit, { postings: [makePosting({ scale })] })).toBe(
        'The posting of USD to available must have a scale from 0 to 18.',
      );
    });

    it.each([0, 18])('lets a posting of an asset have scale %p', (scale) => {
      expect(problemOf(adjustment, { postings: [makePosting({ code: 'ACME', scale })] })).toBeUndefined();
    });

    it.each([0, 3, 18])('names a posting of dollars of scale %p', (scale) => {
      expect(problemOf(deposit, { postings: [makePosting({ scale })] })).toBe(
        `The posting of USD to available must have its scale of ISO 4217, 2, not ${scale}.`,
      );
    });

    it.each([deposit, withdrawal])('names a $transactionType of an asset', ({ transactionType, postings }) => {
      const ofAsset = postings.map((posting) => ({ ...posting, code: 'ACME' }));

      expect(problemOf(deposit, { transactionType, postings: ofAsset })).toBe('The posting must be of a currency.');
    });

    it('names two scales of one code', () => {
      const shares = { code: 'ACME', scale: 2 };
      const postings = [
        makePosting({ ...shares, amountMinor: -5n }),
        makePosting({ ...shares, amountMinor: 5n, bucket: 'held', scale: 3 }),
      ];

      expect(problemOf(hold, { postings })).toBe('The postings of ACME must have one scale.');
    });

    it('names two postings of one code to one bucket', () => {
      expect(problemOf(hold, { postings: [usd(-5n), usd(-5n), usd(10n, 'held')] })).toBe(
        'There must be one posting of USD to available.',
      );
    });
  });

  describe('of a deposit, a withdrawal or an adjustment', () => {
    const one = (amount: string) => `There must be one posting, of ${amount} amount, to available.`;

    it('names a deposit that takes away', () => {
      expect(problemOf(deposit, { postings: [usd(-1n)] })).toBe(one('a positive'));
    });

    it('names a withdrawal that adds', () => {
      expect(problemOf(withdrawal, { postings: [usd(1n)] })).toBe(one('a negative'));
    });

    it.each([
      [deposit, 1n, one('a positive')],
      [withdrawal, -1n, one('a negative')],
      [adjustment, 1n, one('a non-zero')],
    ])('names postings that are none, two, or to held', (entry, amountMinor, problem) => {
      expect(problemOf(entry, { postings: [] })).toBe(problem);
      expect(problemOf(entry, { postings: [usd(amountMinor), shares(amountMinor)] })).toBe(problem);
      expect(problemOf(entry, { postings: [usd(amountMinor, 'held')] })).toBe(problem);
    });
  });

  describe('of a hold or a release', () => {
    const pair = 'There must be two postings of one code, one to available and one to held.';

    it.each([hold, release])('names a $transactionType whose postings are not a pair', (entry) => {
      expect(problemOf(entry, { postings: [] })).toBe(pair);
      expect(problemOf(entry, { postings: [usd(-5n)] })).toBe(pair);
      expect(problemOf(entry, { postings: [usd(5n, 'held')] })).toBe(pair);
      expect(problemOf(entry, { postings: [usd(-5n), shares(5n, 'held')] })).toBe(pair);
      expect(problemOf(entry, { postings: [usd(-5n), shares(5n)] })).toBe(pair);
      expect(problemOf(entry, { postings: [usd(-5n, 'held'), shares(5n, 'held')] })).toBe(pair);
      expect(problemOf(entry, { postings: [...entry.postings, shares(5n)] })).toBe(pair);
    });

    it.each([hold, release])('names a $transactionType that does not net to zero', (entry) => {
      expect(problemOf(entry, { postings: [usd(-5n), usd(6n, 'held')] })).toBe(
        'The postings must net to zero within USD.',
      );
    });

    it('names a hold that releases', () => {
      expect(problemOf(hold, { postings: release.postings })).toBe('The postings must move USD into held.');
    });

    it('names a release that holds', () => {
      expect(problemOf(release, { postings: hold.postings })).toBe('The postings must move USD into available.');
    });
  });

  it('lets a payment and a refund carry a fee, and no other entry', () => {
    expect(problemOf(refund, { feeMinor: 2n })).toBeUndefined();
    for (const entry of [deposit, withdrawal, adjustment, hold, release]) {
      expect(problemOf(entry, { feeMinor: 2n })).toBe(`${entry.transactionType} must carry no fee.`);
    }
  });

  describe('of a payment', () => {
    it('names one without a fill', () => {
      expect(problemOf(buy, { fill: undefined })).toBe('ORDER_PAYMENT must carry its fill.');
    });

    it('wants the fee on top of what a buyer pays, and off what a seller receives', () => {
      expect(problemOf(buy, { feeMinor: 2n, postings: [usd(-502n), shares(15n)] })).toBeUndefined();
      expect(problemOf(sale, { feeMinor: 2n, postings: [usd(497n), shares(-15n)] })).toBeUndefined();
      expect(problemOf(buy, { feeMinor: 0n })).toBeUndefined();
    });

    it.each([
      [
        { entry: buy, feeMinor: 2n, cash: -500n },
        'The cash must move by -502, price times quantity rounded up, with a fee of 2, not by -500.',
      ],
      [
        { entry: buy, feeMinor: 2n, cash: -498n },
        'The cash must move by -502, price times quantity rounded up, with a fee of 2, not by -498.',
      ],
      [
        { entry: buy, feeMinor: undefined, cash: -502n },
        'The cash must move by -500, price times quantity rounded up, not by -502.',
      ],
      [
        { entry: sale, feeMinor: 2n, cash: 501n },
        'The cash must move by 497, price times quantity rounded down, with a fee of 2, not by 501.',
      ],
      [{ entry: sale, feeMinor: 499n, cash: 1n }, 'The seller must receive something after the fee.'],
      [{ entry: sale, feeMinor: 500n, cash: -1n }, 'The seller must receive something after the fee.'],
    ])('names cash that is wrong by the fee', ({ entry, feeMinor, cash }, problem) => {
      const postings = [usd(cash), ...entry.postings.slice(1)];

      expect(problemOf(entry, { feeMinor, postings })).toBe(problem);
    });

    it('lets a refund return a fee of 10^24', () => {
      expect(problemOf(refund, { feeMinor: 10n ** 24n })).toBeUndefined();
    });

    it.each([-1n, 10n ** 24n + 1n])('names a fee of %p', (feeMinor) => {
      expect(problemOf(buy, { feeMinor })).toBe('The fee must be from 0 to 10^24 minor units.');
    });

    it.each([
      [[]],
      [[usd(-500n)]],
      [[shares(15n)]],
      [[usd(-500n), shares(15n), makePosting({ code: 'MSFT' })]],
      [[usd(-500n), shares(15n), makePosting({ code: 'EUR' })]],
    ])('names postings that are not of one currency and one asset', (postings) => {
      expect(problemOf(buy, { postings })).toBe('There must be postings of one currency and of one asset.');
    });

    it.each([
      { priceMinor: 0n },
      { priceMinor: -1n },
      { priceMinor: 10n ** 24n + 1n },
      { priceScale: 19 },
      { priceScale: -1 },
      { priceScale: 0.5 },
      { quantityMinor: 0n },
      { quantityScale: 19 },
    ])('names a fill with %p', (wrong) => {
      expect(problemOf(buy, { fill: { ...buyFill, ...wrong } })).toBe(
        'The fill must have price and quantity from 1 to 10^24 minor units and scales from 0 to 18.',
      );
    });

    it.each([0, 18])('lets price and quantity have scale %p', (scale) => {
      const fill = { ...buyFill, priceMinor: 1n, priceScale: scale, quantityMinor: 10n ** 18n, quantityScale: scale };
      const postings = [usd(scale === 0 ? -(10n ** 20n) : -1n), { ...shares(10n ** 18n), scale }];

      expect(problemOf(buy, { fill, postings })).toBeUndefined();
    });

    it('names an asset posted with another scale than the fill’s', () => {
      const postings = [usd(-500n), { ...shares(15n), scale: 2 }];

      expect(problemOf(buy, { postings })).toBe('The asset must be posted with the scale of the fill, 1, not 2.');
    });

    it('names a buy that delivers another quantity', () => {
      expect(problemOf(buy, { postings: [usd(-500n), shares(16n)] })).toBe(
        'The asset must move by 15 as its fill says, not by 16.',
      );
    });

    it('names a sale that takes another quantity', () => {
      expect(problemOf(sale, { postings: [usd(499n), shares(-14n)] })).toBe(
        'The asset must move by -15 as its fill says, not by -14.',
      );
    });

    it('names a buy whose cash was rounded down', () => {
      expect(problemOf(buy, { postings: [usd(-499n), shares(15n)] })).toBe(
        'The cash must move by -500, price times quantity rounded up, not by -499.',
      );
    });

    it('names a sale whose cash was rounded up', () => {
      expect(problemOf(sale, { postings: [usd(500n), shares(-15n)] })).toBe(
        'The cash must move by 499, price times quantity rounded down, not by 500.',
      );
    });

    it('names a buy that credits cash', () => {
      expect(problemOf(buy, { postings: [usd(500n), shares(15n)] })).toContain('The cash must move by -500');
    });

    it('names a fill worth more than an amount can be', () => {
      const fill = {
        priceMinor: 10n ** 24n,
        priceScale: 0,
        quantityMinor: 10n,
        quantityScale: 1,
        side: 'BUY' as const,
      };
      const postings = [usd(-1n), shares(10n)];

      expect(problemOf(buy, { fill, postings })).toBe('Price times quantity must stay within 10^24 minor units.');
    });

    it('takes a buy out of held, the unspent part back to available', () => {
      expect(problemOf(buy, { postings: [usd(-600n, 'held'), usd(100n), shares(15n)] })).toBeUndefined();
    });

    it('takes a sale out of held', () => {
      expect(problemOf(sale, { postings: [usd(499n), shares(-15n, 'held')] })).toBeUndefined();
    });

    it('names a buy that delivers into held', () => {
      expect(problemOf(buy, { postings: [usd(-500n), shares(15n, 'held')] })).toBe(
        'What the user receives must go to available.',
      );
    });

    it('names a buy that delivers into available and takes from held', () => {
      expect(problemOf(buy, { postings: [usd(-500n), shares(20n), shares(-5n, 'held')] })).toBe(
        'What the user receives must go to available.',
      );
    });

    it('names a sale that pays into held', () => {
      expect(problemOf(sale, { postings: [usd(499n, 'held'), shares(-15n)] })).toBe(
        'What the user receives must go to available.',
      );
    });

    it('names a payment that adds to held', () => {
      expect(problemOf(buy, { postings: [usd(-600n), usd(100n, 'held'), shares(15n)] })).toBe(
        'What the user pays must not go into held.',
      );
    });
  });

  describe('of a refund', () => {
    it.each([
      [[]],
      [[usd(1n)]],
      [[usd(1n), makePosting({ code: 'EUR', amountMinor: -1n })]],
      [[shares(1n), makePosting({ code: 'MSFT', amountMinor: -1n })]],
    ])('names postings that are not of one currency and one asset', (postings) => {
      expect(problemOf(refund, { postings })).toBe(
        'There must be two postings, one of a currency and one of an asset.',
      );
    });

    it('names a third posting', () => {
      expect(problemOf(refund, { postings: [...refund.postings, usd(1n, 'held')] })).toBe(
        'There must be two postings, one of a currency and one of an asset.',
      );
    });

    it('names a refund into held', () => {
      expect(problemOf(refund, { postings: [usd(500n, 'held'), shares(-15n)] })).toBe(
        'The postings must all be to available.',
      );
    });

    it.each([1n, -1n])('names a refund whose postings both have the sign of %p', (sign) => {
      expect(problemOf(refund, { postings: [usd(500n * sign), shares(15n * sign)] })).toBe(
        'The postings must have opposite signs.',
      );
    });
  });
});
