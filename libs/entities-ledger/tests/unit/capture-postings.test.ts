import fc from 'fast-check';
import {
  balanceEffect,
  type BalanceTransaction,
  type Capture,
  capturePostings,
  journalShapeProblem,
  paymentPostings,
  type Posting,
  refundPostings,
  Side,
} from '@cnop/entities-ledger';
import { makeTransaction } from '@cnop/entities-ledger/testing';
import { capture } from './arbitraries.ts';
import { thrownBy } from './thrown-by.ts';

const cash = { code: 'USD', amountMinor: 1_250n, scale: 2 };
const asset = { code: 'AAPL', amountMinor: 10n, scale: 0 };
const buy: Capture = { side: Side.BUY, cash, asset, heldMinor: 1_250n };
const sale: Capture = { side: Side.SELL, cash, asset, heldMinor: 10n };

type Captured = typeof capture extends fc.Arbitrary<infer TCaptured> ? TCaptured : never;

const entryOf = ({ fill, feeMinor }: Captured, postings: Posting[]): BalanceTransaction =>
  makeTransaction({
    transactionType: 'ORDER_PAYMENT',
    orderId: '7d444840-9dc0-51d1-b245-5ffdce74fad2',
    postings,
    fill,
    ...(feeMinor !== undefined && { feeMinor }),
  });

describe(capturePostings, () => {
  it('takes what a buyer pays out of held, and gives the asset to available', () => {
    expect(capturePostings(buy)).toEqual([
      { code: 'USD', bucket: 'held', amountMinor: -1_250n, scale: 2 },
      { code: 'AAPL', bucket: 'available', amountMinor: 10n, scale: 0 },
    ]);
  });

  it('takes what a seller gives out of held, and the proceeds less the fee to available', () => {
    expect(capturePostings({ ...sale, feeMinor: 13n })).toEqual([
      { code: 'USD', bucket: 'available', amountMinor: 1_237n, scale: 2 },
      { code: 'AAPL', bucket: 'held', amountMinor: -10n, scale: 0 },
    ]);
  });

  it.each([
    ['returns what a buyer does not pay', { ...buy, heldMinor: 1_300n, feeMinor: 13n }, 37n],
    ['takes what the hold of a buyer is short of', { ...buy, heldMinor: 1_200n, feeMinor: 13n }, -63n],
    ['returns what a seller does not give', { ...sale, heldMinor: 12n }, 2n],
    ['takes what the hold of a seller is short of', { ...sale, heldMinor: 7n }, -3n],
  ])('%s', (_, capture, restMinor) => {
    const { code } = capture.side === Side.BUY ? cash : asset;
    const paid = capturePostings(capture).filter((posting) => posting.code === code);

    expect(paid.map(({ bucket, amountMinor }) => [bucket, amountMinor])).toEqual([
      ['held', -capture.heldMinor],
      ['available', restMinor],
    ]);
  });

  it('nets to what a payment without a hold moves: quantity, and notional with its fee', () => {
    fc.assert(
      fc.property(capture, (captured) => {
        const { fill, cash, asset, feeMinor = 0n, heldMinor, paidMinor } = captured;
        const isBuy = fill.side === Side.BUY;
        const entry = entryOf(captured, capturePostings({ ...captured, side: fill.side }));
        const [money, goods] = [cash, asset].map(({ code }) => balanceEffect(entry, code));
        const [paid, received] = isBuy ? [money, goods] : [goods, money];

        expect(money!.availableMinor + money!.heldMinor).toBe(
          (isBuy ? -cash.amountMinor : cash.amountMinor) - feeMinor,
        );
        expect(goods!.availableMinor + goods!.heldMinor).toBe(isBuy ? asset.amountMinor : -asset.amountMinor);
        expect([paid!.heldMinor, paid!.availableMinor]).toEqual([-heldMinor, heldMinor - paidMinor]);
        expect(received!.heldMinor).toBe(0n);
      }),
    );
  });

  it('has the shape of an ORDER_PAYMENT, and no other split of its fill into and out of held has', () => {
    fc.assert(
      fc.property(capture, fc.bigInt(1n, 10n ** 6n), (captured, moreMinor) => {
        const postings = capturePostings({ ...captured, side: captured.fill.side });
        const intoHeld = paymentPostings({ ...captured, side: captured.fill.side }).flatMap((posting): Posting[] =>
          posting.amountMinor > 0n
            ? [posting]
            : [
                { ...posting, amountMinor: posting.amountMinor - moreMinor },
                { ...posting, bucket: 'held', amountMinor: moreMinor },
              ],
        );
        const deliveredIntoHeld = postings.map((posting): Posting =>
          posting.amountMinor > 0n ? { ...posting, bucket: 'held' } : posting,
        );

        expect(journalShapeProblem(entryOf(captured, postings))).toBeUndefined();
        expect(journalShapeProblem(entryOf(captured, intoHeld))).toBe('What the user pays must not go into held.');
        expect(journalShapeProblem(entryOf(captured, deliveredIntoHeld))).toBeDefined();
        for (const index of postings.keys()) {
          const wrong = postings.map((posting, place) =>
            place === index ? { ...posting, amountMinor: posting.amountMinor + 1n } : posting,
          );
          expect(journalShapeProblem(entryOf(captured, wrong))).toBeDefined();
        }
      }),
    );
  });

  it('is refunded to available as a payment without a hold is', () => {
    fc.assert(
      fc.property(capture, (captured) => {
        const trade = { ...captured, side: captured.fill.side };

        expect(refundPostings(capturePostings(trade))).toEqual(refundPostings(paymentPostings(trade)));
      }),
    );
  });

  it.each([
    ['positive', 0n],
    ['positive', -1n],
    ['range', 10n ** 24n + 1n],
  ])('refuses by the rule %p a hold of %p', (rule, heldMinor) => {
    expect(thrownBy(() => capturePostings({ ...buy, heldMinor }))).toMatchObject({
      code: 'AMOUNT_INVALID',
      details: { rule, field: 'heldMinor' },
    });
  });

  it('refuses amounts as a payment without a hold does', () => {
    const ofNothing = { ...buy, asset: { ...asset, amountMinor: 0n } };
    const feeOfAll = { ...sale, feeMinor: 1_250n };

    expect(thrownBy(() => capturePostings(ofNothing))).toMatchObject({ details: { rule: 'positive' } });
    expect(thrownBy(() => capturePostings(feeOfAll))).toMatchObject({ details: { rule: 'positive' } });
  });
});
