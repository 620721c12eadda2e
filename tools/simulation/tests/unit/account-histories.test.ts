import type { Outcome, StepRecord } from '../../src/client/attempt.ts';
import { accountHistories, checkHistories } from '../../src/judge/account-histories.ts';
import { accountModel, type AccountEvent, type AccountState } from '../../src/judge/account-model.ts';
import { acknowledged, insufficient, makeRecord, makeTables } from '../support/make-record.ts';

const cash = (amount: bigint) => ({ cash: amount, asset: 0n });
const context = { tables: makeTables(cash(0n)), start: new Map([['user-0', cash(5n)]]), refusals: ['USER_NOT_FOUND'] };
const entriesOf = (...records: StepRecord[]) => accountHistories(records, context).get('user-0') ?? [];
const withdrawal = { kind: 'withdraw', change: cash(-5n) };
const look = (amount: bigint, calledAt: number): StepRecord => {
  const reading = { seen: [{ owner: 'user-0', amounts: { cash: amount } }] };
  const times = { calledAt, sentAt: 0, endedAt: calledAt + 1, answeredAt: calledAt };
  return {
    step: { kind: 'balance', id: 9 },
    operation: { call: () => Promise.resolve(reading) },
    attempts: [{ outcome: { kind: 'acknowledged', reading }, ...times }],
  };
};

describe(accountHistories, () => {
  const found = [{ id: 'entry-1', change: cash(-5n) }];
  const refusal = insufficient('0.01', '0.05');
  const refused = { kind: 'refusal', lacking: 'cash', requiredMinor: 5n, availableMinor: 1n };

  it('takes several calls under one key for one effect, of which the last may be the repeat of another', () => {
    const outcomes = [{ kind: 'unknown' } as const, acknowledged(cash(5n), true)];
    const record = makeRecord(outcomes.map((outcome, at) => ({ outcome, calledAt: 3 + 4 * at, endedAt: 5 + 4 * at })));

    expect(entriesOf(record)).toMatchObject([
      { invokedAt: 3, returnedAt: 9, likelyAt: 9, event: { kind: 'change', replayed: undefined } },
    ]);
  });

  it('takes a call of unknown outcome, whose effect is found, for a change at any time', () => {
    const attempts = [
      { outcome: { kind: 'crashed' } as const, calledAt: 3 },
      { outcome: refusal, endedAt: 9 },
    ];

    expect(entriesOf(makeRecord(attempts, { ...withdrawal, found }))).toMatchObject([
      { invokedAt: 3, event: { kind: 'change', change: cash(-5n) } },
      { invokedAt: 3, returnedAt: 9, event: refused },
    ]);
  });

  it('is of a transfer a change on both sides, in the same time, and of its refusal one on the sender’s', () => {
    const outcomes = [acknowledged(cash(-5n)), refusal];
    const records = outcomes.map((outcome) => makeRecord([{ outcome }], { ...withdrawal, receiver: 'user-1' }));
    const histories = accountHistories(records, context);

    expect(histories.get('user-0')).toMatchObject([{ event: { change: cash(-5n) } }, { event: { kind: 'refusal' } }]);
    expect(histories.get('user-1')).toMatchObject([{ invokedAt: 1, returnedAt: 2, event: { change: cash(5n) } }]);
  });

  it.each<[string, Outcome]>([
    ['another code', insufficient('4.99', '0.05', 'GOLD')],
    ['another amount', insufficient('0.01', '0.06')],
    ['another reason', { kind: 'refused', code: 'BALANCE_FROZEN' }],
  ])('finds no ground in a refusal for %s', (_, outcome) => {
    expect(entriesOf(makeRecord([{ outcome }], withdrawal))).toMatchObject([{ event: { kind: 'groundless' } }]);
  });

  it('numbers the effects that others may ask for too', () => {
    const attempt = { outcome: acknowledged(cash(5n)) };
    const records = ['a', 'b', 'a'].map((name) => makeRecord([attempt], { name, isShared: true }));

    expect(entriesOf(...records).map(({ event }) => event)).toMatchObject([
      { shared: 0 },
      { shared: 1 },
      { shared: 0 },
    ]);
  });
});

describe(checkHistories, () => {
  it('checks each history from what its account had at the start, and says where it cannot go on', () => {
    const { violations, ...counted } = checkHistories([look(5n, 1), look(5n, 3)], context);
    const [violation] = checkHistories([look(5n, 1), look(6n, 3)], context).violations;

    expect({ violations, counted }).toEqual({ violations: [], counted: { histories: 1, operations: 2, steps: 2 } });
    expect(violation?.rule).toBe('not linearizable');
    expect(violation?.detail).toMatch(/^user-0: 1 operations led to cash 5, .*"seen":\{"cash":6\}\} from 3 to 4$/);
  });
});

describe(accountModel, () => {
  const { initial, next, keyOf } = accountModel({ cash: 100n, asset: 10n });
  const name = 'step 1';
  const change = (by: bigint, asset: bigint, more: { shared?: number; replayed?: boolean } = {}): AccountEvent => ({
    kind: 'change',
    name,
    change: { cash: by, asset },
    ...more,
  });
  const refund = (shared: number, replayed?: boolean) =>
    change(50n, -4n, { shared, ...(replayed !== undefined && { replayed }) });
  const refusal = (requiredMinor: bigint, availableMinor?: bigint): AccountEvent => ({
    kind: 'refusal',
    name,
    lacking: 'cash',
    requiredMinor,
    availableMinor,
  });

  it.each<[string, AccountEvent, Partial<AccountState> | undefined]>([
    ['a withdrawal of all there is', change(-100n, 0n), { cash: 0n }],
    ['a withdrawal of more than there is', change(-101n, 0n), undefined],
    ['a purchase', change(-60n, 3n), { cash: 40n, asset: 13n }],
    ['a sale of more than there is', change(60n, -11n), undefined],
    ['a first success that says it is a repeat', change(5n, 0n, { replayed: true }), undefined],
    ['a refund', refund(2, false), { cash: 150n, asset: 6n, done: 4n }],
    ['a refund of which nobody knows whether it is the first', refund(0), { cash: 150n, asset: 6n, done: 1n }],
    ['a refund that says it is a repeat and is the first', refund(0, true), undefined],
    ['a refusal with the figure that is there', refusal(101n, 100n), {}],
    ['a refusal with another figure', refusal(101n, 99n), undefined],
    ['a refusal without a figure', refusal(101n), {}],
    ['a refusal of what is there', refusal(100n, 100n), undefined],
    ['a refusal of what is there, without a figure', refusal(100n), undefined],
    ['a refusal for which there is no reason', { kind: 'groundless', name, code: 'BALANCE_FROZEN' }, undefined],
    ['a look at a part', { kind: 'reading', name, seen: { asset: 10n } }, {}],
    ['a look that shows something else', { kind: 'reading', name, seen: { cash: 99n } }, undefined],
  ])('knows what comes of %s', (_, event, changed) => {
    expect(next(initial, event)).toEqual(changed && { ...initial, ...changed });
  });

  it('refunds an order once, and tells states apart by all that is in them', () => {
    const refunded = next(initial, refund(0))!;
    const states = [initial, { ...initial, cash: 1n }, { ...initial, asset: 1n }, { ...initial, done: 1n }];

    expect(next(refunded, refund(0, true))).toBe(refunded);
    expect(next(refunded, refund(0, false))).toBeUndefined();
    expect(next(refunded, refund(1, false))).toMatchObject({ cash: 200n, done: 3n });
    expect(new Set(states.map(keyOf)).size).toBe(4);
  });
});
