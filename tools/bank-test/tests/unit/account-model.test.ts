import { accountModel, type AccountEvent, type AccountState } from '../../src/history/account-model.ts';

const { initial, next, keyOf } = accountModel({ cash: 100n, asset: 10n });
const name = 'step 1';
const change = (cash: bigint, asset: bigint, replayed?: boolean): AccountEvent => ({
  kind: 'change',
  name,
  change: { cash, asset },
  replayed,
});
const refund = (order: number, replayed?: boolean): AccountEvent => ({
  kind: 'refund',
  name,
  change: { cash: 50n, asset: -4n },
  order,
  replayed,
});
const refusal = (requiredMinor: bigint, availableMinor?: bigint): AccountEvent => ({
  kind: 'refusal',
  name,
  lacking: 'cash',
  requiredMinor,
  availableMinor,
});

describe(accountModel, () => {
  it.each<[string, AccountEvent, Partial<AccountState>]>([
    ['a deposit', change(5n, 0n), { cash: 105n }],
    ['a withdrawal of all there is', change(-100n, 0n), { cash: 0n }],
    ['a purchase', change(-60n, 3n), { cash: 40n, asset: 13n }],
    ['a refund', refund(2, false), { cash: 150n, asset: 6n, refunded: 4n }],
    ['a refund of which nobody knows whether it is the first', refund(0), { cash: 150n, asset: 6n, refunded: 1n }],
    ['a refusal with the figure that is there', refusal(101n, 100n), {}],
    ['a refusal without a figure', refusal(101n), {}],
    ['a look', { kind: 'reading', name, seen: { cash: 100n, asset: 10n } }, {}],
    ['a look at a part', { kind: 'reading', name, seen: { asset: 10n } }, {}],
  ])('allows %s', (_, event, changed) => {
    expect(next(initial, event)).toEqual({ ...initial, ...changed });
  });

  it.each<[string, AccountEvent]>([
    ['a withdrawal of more than there is', change(-101n, 0n)],
    ['a sale of more than there is', change(60n, -11n)],
    ['a first success that says it is a repeat', change(5n, 0n, true)],
    ['a refund that says it is a repeat and is the first', refund(0, true)],
    ['a refusal of what is there', refusal(100n, 100n)],
    ['a refusal with another figure', refusal(101n, 99n)],
    ['a refusal of what is there, without a figure', refusal(100n)],
    ['a refusal for which there is no reason', { kind: 'groundless', name, code: 'BALANCE_FROZEN' }],
    ['a look that shows something else', { kind: 'reading', name, seen: { cash: 99n } }],
  ])('does not allow %s', (_, event) => {
    expect(next(initial, event)).toBeUndefined();
  });

  it('refunds an order once', () => {
    const refunded = next(initial, refund(0))!;

    expect(next(refunded, refund(0, true))).toBe(refunded);
    expect(next(refunded, refund(0))).toBe(refunded);
    expect(next(refunded, refund(0, false))).toBeUndefined();
    expect(next(refunded, refund(1, false))).toMatchObject({ cash: 200n, refunded: 3n });
  });

  it('tells states apart by all that is in them', () => {
    const states = [initial, { ...initial, cash: 1n }, { ...initial, asset: 1n }, { ...initial, refunded: 1n }];

    expect(new Set(states.map(keyOf)).size).toBe(4);
    expect(keyOf({ ...initial })).toBe(keyOf(initial));
  });
});
