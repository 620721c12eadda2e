import { balanceTransactionCreateSchema } from '@cnop/entities-ledger';

const deposit = { owner: 'alice', transactionType: 'DEPOSIT', code: 'USD', amountMinor: 1_250n } as const;
const unsized = { owner: 'alice', transactionType: 'DEPOSIT', code: 'USD' } as const;
const inText = { ...unsized, amount: '12.50' };
const adjustment = { ...deposit, transactionType: 'SYSTEM_ADJUSTMENT' } as const;

function issuesOf(create: object) {
  return balanceTransactionCreateSchema.safeParse(create).error?.issues ?? [];
}

describe('balanceTransactionCreateSchema', () => {
  it.each([
    deposit,
    { ...deposit, pending: true },
    { ...deposit, scale: 2, description: 'Top-up', idempotencyKey: 'k-1', actor: 'root' },
    { ...deposit, transactionType: 'WITHDRAW', pending: false },
    adjustment,
    { ...adjustment, amountMinor: -1n },
    { ...adjustment, code: 'BTC', scale: 8 },
    inText,
    { ...inText, transactionType: 'SYSTEM_ADJUSTMENT', amount: '-0.01' },
    { ...deposit, note: 'n'.repeat(500), metadata: { batch: '7' } },
  ])('accepts %p', (create) => {
    expect(balanceTransactionCreateSchema.parse(create)).toEqual(create);
  });

  it.each([
    ['an order’s type', { ...deposit, transactionType: 'ORDER_PAYMENT' }, 'transactionType'],
    ['an amount of zero', { ...deposit, amountMinor: 0n }, 'amountMinor'],
    ['an adjustment of zero', { ...adjustment, amountMinor: 0n }, 'amountMinor'],
    ['no amount', unsized, 'amount'],
    ['two amounts', { ...deposit, amount: '12.50' }, 'amount'],
    ['an amount of zero as text', { ...inText, amount: '0.00' }, 'amount'],
    ['a negative deposit as text', { ...inText, amount: '-1' }, 'amount'],
    ['a text that is no amount', { ...inText, amount: '1e3' }, 'amount'],
    ['a note of more than 500 characters', { ...deposit, note: 'n'.repeat(501) }, 'note'],
    ['an amount beyond 10²⁴', { ...deposit, amountMinor: 10n ** 24n + 1n }, 'amountMinor'],
    ['an amount that is a number', { ...deposit, amountMinor: 12.5 }, 'amountMinor'],
    ['a negative deposit', { ...deposit, amountMinor: -1n }, 'amountMinor'],
    ['a negative withdrawal', { ...deposit, transactionType: 'WITHDRAW', amountMinor: -1n }, 'amountMinor'],
    ['a pending withdrawal', { ...deposit, transactionType: 'WITHDRAW', pending: true }, 'pending'],
    ['a pending adjustment', { ...adjustment, pending: true }, 'pending'],
    ['half a character in the description', { ...deposit, description: 'a\ud83d' }, 'description'],
    ['a deposit of an asset', { ...deposit, code: 'BTC', scale: 8 }, 'code'],
    ['a withdrawal of an asset', { ...deposit, transactionType: 'WITHDRAW', code: 'BTC', scale: 8 }, 'code'],
    ['an asset without its scale', { ...adjustment, code: 'BTC' }, 'scale'],
    ['another scale than the currency has', { ...deposit, scale: 3 }, 'scale'],
  ])('refuses %s', (_what, create, path) => {
    expect(issuesOf(create)).toMatchObject([{ path: [path] }]);
  });

  it.each([
    ['amountMinor', 'An amount is never zero.', { amountMinor: 0n }],
    ['amountMinor', 'Only an adjustment may be negative.', { amountMinor: -1n }],
    ['pending', 'Only a deposit can be pending.', { transactionType: 'WITHDRAW', pending: true }],
    ['code', 'Users deposit and withdraw currencies only.', { code: 'BTC', scale: 8 }],
    ['scale', 'An asset needs its scale.', { transactionType: 'SYSTEM_ADJUSTMENT', code: 'BTC' }],
    ['scale', 'The scale of a currency is that of ISO 4217.', { scale: 3 }],
  ])('says what is wrong with %s: %s', (path, message, wrong) => {
    expect(issuesOf({ ...deposit, ...wrong })).toEqual([{ code: 'custom', path: [path], message }]);
  });

  it('refuses fields it does not know', () => {
    expect(issuesOf({ ...deposit, postings: [] })).toMatchObject([{ code: 'unrecognized_keys' }]);
  });
});
