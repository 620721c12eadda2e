import { makeAsset } from '@cnop/entities-inventory/testing';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import { makeBalance, makePosting, makeTransaction } from '@cnop/entities-ledger/testing';
import { makeUser } from '@cnop/entities-user/testing';
import { balanceFact, claimFact, entryFact, userFact } from '../../src/facts/account-facts.ts';
import { assetFact } from '../../src/facts/asset-facts.ts';
import { holds, linesOf } from '../../src/facts/fact.ts';
import { orderFact } from '../../src/facts/order-facts.ts';

describe('facts', () => {
  it('tell everything of an item that may change, and no name or time', () => {
    expect(
      [
        userFact(makeUser({ email: 'w1@first.example', phone: '+12025550123', version: 3 })),
        balanceFact(makeBalance({ heldMinor: 5n })),
        entryFact(makeTransaction({ postings: [makePosting(), makePosting({ amountMinor: -5n, bucket: 'held' })] })),
        orderFact(
          makeOrder({
            status: 'COMPLETED',
            fills: [makeFill({ notionalMinor: 300n })],
            refundTransactionId: '01KE6X5Z3V7Q2M9T4B8N1C0DFG',
            note: 'call back',
          }),
        ),
        assetFact(makeAsset({ priceMinor: 250n })),
      ].map(({ line }) => line),
    ).toEqual([
      'user ACTIVE customer first.example Alice +12025550123 v3',
      'USD available 10000 held 5 in 10000 out 0 ACTIVE v1',
      'entry DEPOSIT COMPLETED USD+10000 USD-5 held',
      'order MARKET_BUY COMPLETED 10 AAPL for 300 refunded call back v1',
      expect.stringMatching(/^asset ACTIVE .* at 250 v1$/) as string,
    ]);
  });

  it.each([
    [true, entryFact(makeTransaction({ status: 'FAILED' }))],
    [true, orderFact(makeOrder({ status: 'FAILED', fills: [] }))],
    [true, claimFact({ ...claim('REFUSED') })],
    [false, entryFact(makeTransaction())],
    [false, orderFact(makeOrder())],
    [false, claimFact({ ...claim('ACCEPTED') })],
  ])('say whether it may be a fence: %s', (isFence, fact) => {
    expect(fact.isFence).toBe(isFence);
  });

  it('are the same when name and line are', () => {
    const facts = [userFact(makeUser()), balanceFact(makeBalance())];

    expect(holds(facts, balanceFact(makeBalance()))).toBe(true);
    expect(holds(facts, balanceFact(makeBalance({ version: 2 })))).toBe(false);
    expect(holds(facts, balanceFact(makeBalance({ owner: 'bob' })))).toBe(false);
    expect(linesOf(facts)).toEqual(linesOf(facts.toReversed()));
  });
});

function claim(status: 'ACCEPTED' | 'REFUSED') {
  const names = { owner: 'ada', actor: 'ada', key: 'k-1', requestHash: 'hash', transactionId: 't-1' };
  return { ...names, status, createdAt: '2026-01-02T03:04:05.678Z', writeId: 'w-1' };
}
