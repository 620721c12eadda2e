import { sharedErrors } from '@cnop/exceptions';
import fc from 'fast-check';
import { type Posting, Side, paymentPostings, refundPostings } from '@cnop/entities-ledger';
import { makePosting } from '@cnop/entities-ledger/testing';
import { trade } from './arbitraries.ts';
import { thrownBy } from './thrown-by.ts';

const cash = { code: 'USD', amountMinor: 1_250n, scale: 2 };
const asset = { code: 'AAPL', amountMinor: 10n, scale: 0 };

function netOf(postings: readonly Posting[]): Record<string, bigint> {
  const nets: Record<string, bigint> = {};
  for (const { code, amountMinor } of postings) {
    nets[code] = (nets[code] ?? 0n) + amountMinor;
  }
  return nets;
}

describe(paymentPostings, () => {
  it('takes cash and gives the asset when the user buys', () => {
    expect(paymentPostings({ side: Side.BUY, cash, asset })).toEqual([
      { code: 'USD', bucket: 'available', amountMinor: -1_250n, scale: 2 },
      { code: 'AAPL', bucket: 'available', amountMinor: 10n, scale: 0 },
    ]);
  });

  it('takes the asset and gives cash when the user sells', () => {
    expect(paymentPostings({ side: Side.SELL, cash, asset })).toEqual([
      { code: 'USD', bucket: 'available', amountMinor: 1_250n, scale: 2 },
      { code: 'AAPL', bucket: 'available', amountMinor: -10n, scale: 0 },
    ]);
  });

  it('puts the fee on top of what a buyer pays, and takes it off what a seller receives', () => {
    const [paid] = paymentPostings({ side: Side.BUY, cash, asset, feeMinor: 13n });
    const [received] = paymentPostings({ side: Side.SELL, cash, asset, feeMinor: 13n });

    expect(paid).toEqual({ code: 'USD', bucket: 'available', amountMinor: -1_263n, scale: 2 });
    expect(received).toEqual({ code: 'USD', bucket: 'available', amountMinor: 1_237n, scale: 2 });
  });

  it.each([
    ['negative', { side: Side.BUY, feeMinor: -1n }],
    ['positive', { side: Side.SELL, feeMinor: 1_250n }],
    ['range', { side: Side.BUY, feeMinor: 10n ** 24n - 1_249n }],
  ] as const)('refuses a fee by the rule %p: %p', (rule, fee) => {
    const refusal = thrownBy(() => paymentPostings({ ...fee, cash, asset }));

    expect(refusal).toMatchObject({ details: { rule, ...(rule === 'negative' && { field: 'feeMinor' }) } });
  });

  it.each([0n, -1n, 10n ** 24n + 1n])('refuses the amount %p on either side', (amountMinor) => {
    expect(() => paymentPostings({ side: 'BUY', cash: { ...cash, amountMinor }, asset })).toThrow(
      sharedErrors.InvalidAmountError,
    );
    expect(() => paymentPostings({ side: 'BUY', cash, asset: { ...asset, amountMinor } })).toThrow(
      sharedErrors.InvalidAmountError,
    );
  });
});

describe(refundPostings, () => {
  it('negates a payment that no hold preceded, posting by posting', () => {
    fc.assert(
      fc.property(trade, ({ fill, cash, asset, feeMinor }) => {
        const payment = paymentPostings({ side: fill.side, cash, asset, feeMinor });

        expect(refundPostings(payment)).toEqual(
          payment.map((posting) => ({ ...posting, amountMinor: -posting.amountMinor })),
        );
      }),
    );
  });

  it('nets to zero with any number of payments, code by code', () => {
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 4 }), (trades) => {
        const payments = trades.flatMap(({ fill, cash, asset }) =>
          paymentPostings({ side: fill.side, cash, asset: { ...asset, scale: 6 } }),
        );

        const nets = netOf([...payments, ...refundPostings(payments)]);

        expect(Object.values(nets).every((net) => net === 0n)).toBe(true);
      }),
    );
  });

  it('gives back to available what a payment took out of held, less what came back then', () => {
    const payment = [
      makePosting({ bucket: 'held', amountMinor: -600n }),
      makePosting({ amountMinor: 100n }),
      makePosting({ code: 'AAPL', amountMinor: 15n, scale: 1 }),
    ];

    expect(refundPostings(payment)).toEqual([
      { code: 'USD', bucket: 'available', amountMinor: 500n, scale: 2 },
      { code: 'AAPL', bucket: 'available', amountMinor: -15n, scale: 1 },
    ]);
  });

  it('leaves out what nets to zero', () => {
    expect(refundPostings([makePosting({ amountMinor: 5n }), makePosting({ amountMinor: -5n })])).toEqual([]);
  });

  it('stops at payments of one code in two scales', () => {
    expect(() => refundPostings([makePosting({ scale: 2 }), makePosting({ scale: 3 })])).toThrow(
      'The payments carry two scales of USD: 2 and 3.',
    );
  });
});
