import type { Outcome, StepRecord } from '../../src/client/attempt.ts';
import { accountHistories, checkHistories } from '../../src/judge/account-histories.ts';
import { accountModel, type AccountEvent, type AccountState } from '../../src/judge/account-model.ts';
import { acknowledged, insufficient, makeRecord, makeTables } from '../support/make-record.ts';

const cash = (amount: bigint) => ({ cash: amount, asset: 0n });
const unknown: Outcome = { kind: 'unknown' };
const context = { tables: makeTables(cash(0n)), start: new Map([['user-0', cash(5n)]]), refusals: ['USER_NOT_FOUND'] };
const entriesOf = (...records: StepRecord[]) => accountHistories(records, context).get('user-0') ?? [];
const withdrawal = { kind: 'withdraw', change: cash(-5n) };
const look = (amount: bigint, calledAt: number): StepRecord => {
  const reading = { seen: [{ owner: 'user-0', amounts: { cash: amount } }] };
  return {
    step: { kind: 'balance', id: 9 },
    operation: { call: () => Promise.resolve(reading) },
    attempts: [
      { outcome: { kind: 'acknowledged', reading }, calledAt, sentAt: 0, endedAt: calledAt + 1, answeredAt: calledAt },
    ],
  };
};

describe(accountHistories, () => {
  it('takes a success for an effect between its call and its return', () => {
    const attempt = { outcome: acknowledged(cash(5n)), calledAt: 3, endedAt: 9, changedAt: 6 };

    expect(entriesOf(makeRecord([attempt]))).toEqual([
      {
        invokedAt: 3,
        returnedAt: 9,
        likelyAt: 6,
        event: { kind: 'change', name: 'deposit 7', change: cash(5n), shared: undefined, replayed: false },
      },
    ]);
  });

  it('takes several calls under one key for one effect, of which the last may be the repeat of another', () => {
    const record = makeRecord([
      { outcome: unknown, calledAt: 3, endedAt: 5 },
      { outcome: acknowledged(cash(5n), true), calledAt: 7, endedAt: 9 },
      { outcome: acknowledged(cash(5n), true), calledAt: 12, endedAt: 15 },
    ]);

    expect(entriesOf(record)).toMatchObject([
      { invokedAt: 3, returnedAt: 9, likelyAt: 9, event: { replayed: undefined } },
    ]);
  });

  it('takes a refusal for a look at what there is', () => {
    const attempt = { outcome: insufficient('0.01', '0.05'), calledAt: 3, endedAt: 9, writeAnsweredAt: 5 };
    const event = { kind: 'refusal', name: 'withdraw 7', lacking: 'cash', requiredMinor: 5n, availableMinor: 1n };

    expect(entriesOf(makeRecord([attempt], withdrawal))).toEqual([{ invokedAt: 3, returnedAt: 9, likelyAt: 5, event }]);
  });

  it('leaves open when a call of unknown outcome took effect that a later one was refused for', () => {
    const attempts = [
      { outcome: { kind: 'crashed' } as const, calledAt: 3, endedAt: 5 },
      { outcome: insufficient('0.01', '0.05'), calledAt: 6, endedAt: 9 },
    ];
    const found = [{ id: 'entry-1', change: cash(-5n) }];

    const entries = entriesOf(makeRecord(attempts, { ...withdrawal, found }));

    expect(entries).toMatchObject([
      { invokedAt: 3, event: { kind: 'change', change: cash(-5n) } },
      { invokedAt: 3, returnedAt: 9, event: { kind: 'refusal' } },
    ]);
    expect(entries[0]).not.toHaveProperty('returnedAt');
    expect(entriesOf(makeRecord(attempts, withdrawal))).toMatchObject([{ event: { kind: 'refusal' } }]);
  });

  it.each<[string, Outcome]>([
    ['a failure', { kind: 'failed', code: 'THROTTLED' }],
    ['a refusal that any operation may meet', { kind: 'refused', code: 'USER_NOT_FOUND' }],
  ])('leaves %s out', (_, outcome) => {
    expect(entriesOf(makeRecord([{ outcome }]))).toEqual([]);
  });

  it.each<[string, Outcome]>([
    ['another code', insufficient('4.99', '0.05', 'GOLD')],
    ['another amount', insufficient('0.01', '0.06')],
    ['another reason', { kind: 'refused', code: 'BALANCE_FROZEN' }],
  ])('finds no ground in a refusal for %s', (_, outcome) => {
    expect(entriesOf(makeRecord([{ outcome }], withdrawal))).toMatchObject([{ event: { kind: 'groundless' } }]);
  });

  it('takes a refused order for a refusal without figures', () => {
    const fenced: Outcome = { kind: 'refused', code: 'FENCED' };

    expect(entriesOf(makeRecord([{ outcome: fenced }], withdrawal))).toMatchObject([
      { event: { kind: 'refusal', lacking: 'cash', requiredMinor: 5n } },
    ]);
  });

  it('numbers the effects that others may ask for too', () => {
    const refund = (name: string) => makeRecord([{ outcome: acknowledged(cash(5n)) }], { name, isShared: true });

    expect(entriesOf(refund('a'), refund('b'), refund('a'))).toMatchObject([
      { event: { shared: 0 } },
      { event: { shared: 1 } },
      { event: { shared: 0 } },
    ]);
  });

  it('takes what a look has shown at its last call', () => {
    expect(entriesOf(look(5n, 3))).toEqual([
      { invokedAt: 3, returnedAt: 4, likelyAt: 3, event: { kind: 'reading', name: 'balance 9', seen: { cash: 5n } } },
    ]);
  });
});

describe(checkHistories, () => {
  it('checks each history from what its account had at the start', () => {
    expect(checkHistories([look(5n, 1), look(5n, 3)], context)).toEqual({
      violations: [],
      histories: 1,
      operations: 2,
      steps: 2,
    });
  });

  it('says of which account the history cannot have been, and where', () => {
    const [violation] = checkHistories([look(5n, 1), look(6n, 3)], context).violations;

    expect(violation?.rule).toBe('not linearizable');
    expect(violation?.detail).toMatch(
      /^user-0: 1 operations led to cash 5, asset 0, .*"seen":\{"cash":6\}\} from 3 to 4$/,
    );
  });
});

describe(accountModel, () => {
  const { initial, next, keyOf } = accountModel({ cash: 100n, asset: 10n });
  const name = 'step 1';
  const change = (changed: bigint, asset: bigint, replayed?: boolean): AccountEvent => ({
    kind: 'change',
    name,
    change: { cash: changed, asset },
    replayed,
  });
  const refund = (shared: number, replayed?: boolean): AccountEvent => ({
    kind: 'change',
    name,
    change: { cash: 50n, asset: -4n },
    shared,
    replayed,
  });
  const refusal = (requiredMinor: bigint, availableMinor?: bigint): AccountEvent => ({
    kind: 'refusal',
    name,
    lacking: 'cash',
    requiredMinor,
    availableMinor,
  });

  it.each<[string, AccountEvent, Partial<AccountState>]>([
    ['a withdrawal of all there is', change(-100n, 0n), { cash: 0n }],
    ['a purchase', change(-60n, 3n), { cash: 40n, asset: 13n }],
    ['a refund', refund(2, false), { cash: 150n, asset: 6n, done: 4n }],
    ['a refund of which nobody knows whether it is the first', refund(0), { cash: 150n, asset: 6n, done: 1n }],
    ['a refusal with the figure that is there', refusal(101n, 100n), {}],
    ['a refusal without a figure', refusal(101n), {}],
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
    expect(next(refunded, refund(0, false))).toBeUndefined();
    expect(next(refunded, refund(1, false))).toMatchObject({ cash: 200n, done: 3n });
  });

  it('tells states apart by all that is in them', () => {
    const states = [initial, { ...initial, cash: 1n }, { ...initial, asset: 1n }, { ...initial, done: 1n }];

    expect(new Set(states.map(keyOf)).size).toBe(4);
  });
});
