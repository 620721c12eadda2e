import {
  balanceEffect,
  journalShapeProblem,
  mirrorOf,
  mirrorProblem,
  transferCreateSchema,
  withdrawalPostings,
  type TransferEntry,
} from '@cnop/entities-ledger';
import { makePosting, makeTransaction } from '@cnop/entities-ledger/testing';
import fc from 'fast-check';
import { amount, owner, transactionId } from './arbitraries.ts';

const transfer = { from: 'alice', to: 'bob', code: 'USD', amount: '12.50' } as const;
const sent: TransferEntry = {
  ...makeTransaction({ transactionType: 'TRANSFER', postings: [makePosting({ amountMinor: -1_250n })] }),
  counterparty: 'bob',
};
const received = mirrorOf(sent);

const issuesOf = (create: object) => transferCreateSchema.safeParse(create).error?.issues ?? [];

const anyTransfer = fc
  .record({ amount, owner, transactionId, counterparty: owner })
  .filter(({ owner, counterparty }) => owner !== counterparty)
  .map(({ amount, ...named }): TransferEntry => ({ ...sent, ...named, postings: withdrawalPostings(amount) }));

describe('transferCreateSchema', () => {
  it.each([{ amount: '-12.50' }, { amount: undefined, amountMinor: -1_250n }])(
    'refuses %p: it never takes',
    (wrong) => {
      expect(issuesOf({ ...transfer, ...wrong })).toMatchObject([{ message: 'Only an adjustment may be negative.' }]);
    },
  );

  it.each([
    transfer,
    { ...transfer, amount: undefined, amountMinor: 1n },
    { ...transfer, code: 'BTC', scale: 8 },
    { ...transfer, scale: 2, description: 'Rent', note: 'for May', metadata: { flat: '7' }, actor: 'root' },
    { ...transfer, idempotencyKey: 'k-1' },
  ])('accepts %p', (create) => {
    expect(transferCreateSchema.parse(create)).toEqual(create);
  });

  it.each([
    ['to', 'A transfer is between two owners.', { to: 'alice' }],
    ['amount', 'Give the amount, as amount or as amountMinor.', { amount: undefined }],
    ['amount', 'Give the amount as amount or as amountMinor, not both.', { amountMinor: 1n }],
    ['amount', 'An amount is never zero.', { amount: '0.00' }],
    ['scale', 'An asset needs its scale.', { code: 'BTC' }],
    ['scale', 'The scale of a currency is that of ISO 4217.', { scale: 3 }],
  ])('says what is wrong with %s: %s', (path, message, wrong) => {
    expect(issuesOf({ ...transfer, ...wrong })).toEqual([{ code: 'custom', path: [path], message }]);
  });

  it('tells owners apart exactly, and knows no further fields', () => {
    expect(issuesOf({ ...transfer, to: 'Alice' })).toEqual([]);
    expect(issuesOf({ ...transfer, pending: true })).toMatchObject([{ code: 'unrecognized_keys' }]);
  });
});

describe(mirrorOf, () => {
  it('swaps the owners and negates the postings, and leaves to the sender what is the sender’s', () => {
    const remarks = { note: 'for May', metadata: { flat: '7' }, idempotencyKey: 'k-1' };

    expect(mirrorOf({ ...sent, description: 'Rent', actor: 'root', ...remarks })).toStrictEqual({
      ...makeTransaction({
        owner: 'bob',
        transactionType: 'TRANSFER',
        postings: [makePosting({ amountMinor: 1_250n })],
      }),
      counterparty: 'alice',
      description: 'Rent',
      actor: 'root',
    });
  });

  it('is its own reverse, has the shape of its type, and makes and loses nothing', () => {
    fc.assert(
      fc.property(anyTransfer, (entry) => {
        const mirror = mirrorOf(entry);
        const code = entry.postings[0]!.code;
        const effects = [entry, mirror].map((each) => balanceEffect(each, code));

        expect(mirrorOf(mirror)).toStrictEqual(entry);
        expect([entry, mirror].map(journalShapeProblem)).toEqual([undefined, undefined]);
        expect([mirrorProblem(entry, mirror), mirrorProblem(mirror, entry)]).toEqual([undefined, undefined]);
        expect(effects[0]!.availableMinor + effects[1]!.availableMinor).toBe(0n);
        expect(effects).toMatchObject(Array(2).fill({ heldMinor: 0n, depositedMinor: 0n, withdrawnMinor: 0n }));
      }),
    );
  });
});

describe(mirrorProblem, () => {
  it.each([
    ['It is a DEPOSIT.', { transactionType: 'DEPOSIT' as const }],
    ['It is FAILED, not COMPLETED.', { status: 'FAILED' as const }],
    ['It names another counterparty.', { counterparty: 'carol' }],
    ['It names another counterparty.', { counterparty: undefined }],
    [`It is of 2020-01-01T00:00:00.000Z, not of ${sent.createdAt}.`, { createdAt: '2020-01-01T00:00:00.000Z' }],
    ['It has another description.', { description: 'Rent' }],
    ['It names another actor.', { actor: 'carol' }],
    [
      'It moves 1249e-2 USD available, not 1250e-2 USD available.',
      { postings: [makePosting({ amountMinor: 1_249n })] },
    ],
    ['It moves -1250e-2 USD available, not 1250e-2 USD available.', { postings: sent.postings }],
    [
      'It moves 1250e-2 EUR available, not 1250e-2 USD available.',
      { postings: [makePosting({ code: 'EUR', amountMinor: 1_250n })] },
    ],
  ])('says: %s', (problem, wrong) => {
    expect(mirrorProblem(sent, { ...received, ...wrong })).toBe(problem);
  });
});

describe('the shape of a transfer', () => {
  it.each([
    ['TRANSFER must name its counterparty.', { counterparty: undefined }],
    ['The counterparty of a TRANSFER must be another owner.', { counterparty: 'alice' }],
    [
      'There must be one posting, of a non-zero amount, to available.',
      { postings: [...sent.postings, makePosting({ code: 'EUR' })] },
    ],
    ['There must be one posting, of a non-zero amount, to available.', { postings: [makePosting({ bucket: 'held' })] }],
    ['TRANSFER must be COMPLETED, not PENDING.', { status: 'PENDING' as const }],
    ['TRANSFER must name no order.', { orderId: '7d444840-9dc0-51d1-b245-5ffdce74fad2' }],
    ['DEPOSIT must name no counterparty.', { transactionType: 'DEPOSIT' as const }],
  ])('says: %s', (problem, wrong) => {
    expect(journalShapeProblem({ ...sent, ...wrong })).toBe(problem);
  });

  it('may be FAILED, as the fence of one of unknown outcome', () => {
    expect(journalShapeProblem({ ...sent, status: 'FAILED' })).toBeUndefined();
  });
});
