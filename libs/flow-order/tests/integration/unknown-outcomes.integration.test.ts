import type { Order } from '@cnop/entities-order';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { isDomainError } from '@cnop/exceptions';
import {
  after,
  answerError,
  cancelTransaction,
  crashAfter,
  crashBefore,
  crashUnderway,
  expireToken,
  forgetToken,
  internalServerError,
  landLate,
  loseRequest,
  loseResponse,
  pass,
  refusalOf,
  refuseConnection,
  throttle as throttled,
  transactionInProgress,
  type Fault,
  type HeldFault,
} from '@cnop/testing';
import type { OrderFlow, OrderResult, PlaceOrder } from '../../src/index.ts';
import { useTestMarket, type TestProcess } from '../support/test-market.ts';

const market = useTestMarket();
const { balances, clock, flow, orders, prices } = market;

const trade = (owner: string, orderType: 'MARKET_BUY' | 'MARKET_SELL', rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType, assetId: 'AAPL', quantity: '3', clientOrderId: 'a-1', ...rest },
});
const buy = (owner: string, rest: object = {}) => trade(owner, 'MARKET_BUY', rest);

beforeEach(() => {
  clock.set('2026-01-05T09:30:00.000Z');
  prices.set({ priceMinor: 1_000n });
});

/** A call that is to take effect once, however often it is made. */
interface Call {
  readonly owner: string;
  /** The state that one effect leaves behind. */
  readonly available: Record<string, bigint>;
  readonly entries: readonly string[];
  readonly act: (flow: OrderFlow) => Promise<OrderResult>;
}

const calls: Record<string, () => Promise<Call>> = {
  buy: async () => {
    const owner = await market.trader({ usd: 5_000n });
    return {
      owner,
      available: { USD: 2_000n, AAPL: 3n },
      entries: ['DEPOSIT', 'ORDER_PAYMENT'],
      act: (on) => on.placeOrder(buy(owner)),
    };
  },
  sell: async () => {
    const owner = await market.trader({ aapl: 5n });
    return {
      owner,
      available: { USD: 3_000n, AAPL: 2n },
      entries: ['ORDER_PAYMENT', 'SYSTEM_ADJUSTMENT'],
      act: (on) => on.placeOrder(trade(owner, 'MARKET_SELL')),
    };
  },
  refund: async () => {
    const owner = await market.trader({ usd: 5_000n });
    const { order } = await flow.placeOrder(buy(owner));
    return {
      owner,
      available: { USD: 5_000n },
      entries: ['DEPOSIT', 'ORDER_PAYMENT', 'ORDER_REFUND'],
      act: (on) => on.refundOrder({ orderId: order.orderId }),
    };
  },
};

const entriesOf = async (owner: string) =>
  (await market.journal(owner)).map(({ transactionType }) => transactionType as string).sort();

async function expectOneEffect({ owner, available, entries }: Call): Promise<void> {
  await expect(market.available(owner)).resolves.toEqual(available);
  await expect(entriesOf(owner)).resolves.toEqual(entries);
}

const always = (fault: Fault): Fault[] => [fault, fault, fault];
const noReason = ['None', 'None', 'None', 'None'];
const onlyAt = (index: number, reason: string) => cancelTransaction(...noReason.with(index, reason));
const first = { maxAttempts: 3 };

describe('after any failure the same call is made again, and takes effect once', () => {
  interface Failure {
    readonly faults: readonly Fault[];
    /** What the first call comes to: its success, or the code of its error. */
    readonly outcome: string;
  }

  const conflict = 'TransactionConflict';
  const throttle = 'ProvisionedThroughputExceeded';
  const failures: Record<string, Failure> = {
    'no failure': { faults: [], outcome: 'success' },
    'a request is lost': { faults: [loseRequest()], outcome: 'success' },
    'every request is lost': { faults: always(loseRequest()), outcome: 'OUTCOME_UNKNOWN' },
    'a response is lost after the commit': { faults: [loseResponse()], outcome: 'success' },
    'every response is lost after the commit': { faults: always(loseResponse()), outcome: 'success' },
    'a response is lost, and the token then forgotten': { faults: [loseResponse(), forgetToken()], outcome: 'success' },
    'the last response is lost': { faults: [loseRequest(), loseRequest(), loseResponse()], outcome: 'success' },
    'a conflict on the guard': { faults: [onlyAt(0, conflict)], outcome: 'success' },
    'a conflict on the entry': { faults: [onlyAt(1, conflict)], outcome: 'success' },
    'a conflict on the cash': { faults: [onlyAt(2, conflict)], outcome: 'success' },
    'a conflict on the asset': { faults: [onlyAt(3, conflict)], outcome: 'success' },
    'conflicts everywhere': { faults: [cancelTransaction(conflict, conflict, conflict, conflict)], outcome: 'success' },
    'conflicts without end': { faults: always(onlyAt(2, conflict)), outcome: 'CONTENTION' },
    'a throttle on the guard': { faults: [onlyAt(0, throttle)], outcome: 'success' },
    'a throttle on the cash': { faults: [onlyAt(2, 'ThrottlingError')], outcome: 'success' },
    'throttled items without end': { faults: always(onlyAt(2, throttle)), outcome: 'THROTTLED' },
    'a conflict and a throttle': {
      faults: [cancelTransaction('None', throttle, conflict, 'None')],
      outcome: 'success',
    },
    'conflicts and throttles without end': {
      faults: always(cancelTransaction('None', throttle, conflict, 'None')),
      outcome: 'CONTENTION',
    },
    'the guard in conflict, a failed condition beside it': {
      faults: [cancelTransaction(conflict, 'None', 'ConditionalCheckFailed', 'None')],
      outcome: 'success',
    },
    'an attempt is in progress': { faults: [transactionInProgress()], outcome: 'success' },
    'an attempt never ends': {
      faults: always(transactionInProgress()),
      outcome: 'OUTCOME_UNKNOWN',
    },
    'a lost response, then in progress': {
      faults: [loseResponse(), transactionInProgress()],
      outcome: 'success',
    },
    'a throttled request': { faults: [throttled('ProvisionedThroughputExceededException')], outcome: 'success' },
    'a throttled account': { faults: [throttled('ThrottlingException')], outcome: 'success' },
    'a request limit': { faults: [throttled('RequestLimitExceeded')], outcome: 'success' },
    'throttled requests without end': { faults: always(throttled('ThrottlingException')), outcome: 'THROTTLED' },
    'a 500': { faults: [internalServerError()], outcome: 'success' },
    'a 500 after the commit': {
      faults: [internalServerError({ carriedOut: true })],
      outcome: 'success',
    },
    'a 503': { faults: [answerError('ServiceUnavailable')], outcome: 'success' },
    '500s without end': {
      faults: always(internalServerError()),
      outcome: 'OUTCOME_UNKNOWN',
    },
    '500s without end, after the commit': {
      faults: always(internalServerError({ carriedOut: true })),
      outcome: 'success',
    },
    'expired credentials': { faults: [expireToken()], outcome: 'success' },
    'credentials that stay expired': { faults: always(expireToken()), outcome: 'DATABASE_ERROR' },
    'nobody listens': { faults: [refuseConnection()], outcome: 'success' },
    'nobody ever listens': { faults: always(refuseConnection()), outcome: 'DATABASE_UNAVAILABLE' },
    'access denied': { faults: [answerError('AccessDeniedException')], outcome: 'DATABASE_ERROR' },
    'access denied after a lost request': {
      faults: [loseRequest(), answerError('AccessDeniedException')],
      outcome: 'OUTCOME_UNKNOWN',
    },
    'access denied after a lost response': {
      faults: [loseResponse(), answerError('AccessDeniedException')],
      outcome: 'success',
    },
    'a lost request, then a throttle, then a conflict': {
      faults: [loseRequest(), throttled('ThrottlingException'), onlyAt(2, conflict)],
      outcome: 'OUTCOME_UNKNOWN',
    },
  };

  describe.each(Object.entries(calls))('%s', (_, makeCall) => {
    it.each(Object.entries(failures))('%s', async (_name, { faults, outcome }) => {
      const call = await makeCall();
      const before = await market.itemsOf(call.owner);
      const { flow: faulty, http } = market.connect({ retry: first });
      http.script('TransactWriteItems', ...faults);

      const answer = await outcomeOf(call.act(faulty));
      const afterwards = await market.itemsOf(call.owner);
      const repeat = await call.act(market.connect().flow);

      expect(answer.name).toBe(outcome);
      if (answer.result) {
        expect(answer.result.replayed).toBe(false);
        expect(repeat).toStrictEqual({ order: answer.result.order, replayed: true });
      } else if (outcome !== 'OUTCOME_UNKNOWN') {
        // Any other error says that nothing was done.
        expect(afterwards).toEqual(before);
        expect(repeat.replayed).toBe(false);
      }
      expect(repeat.order.status).toBe('COMPLETED');
      await expectOneEffect(call);
    });

    it.each(['before', 'after'])('every attempt lands late, %s the repeat', async (when) => {
      const call = await makeCall();
      const late = landLate();
      const { flow: faulty, http } = market.connect({ retry: first });
      http.script('TransactWriteItems', ...always(late));

      const { name } = await outcomeOf(call.act(faulty));
      if (when === 'before') await late.release();
      const repeat = await call.act(market.connect().flow);
      await late.release();
      const again = await call.act(market.connect().flow);

      expect(name).toBe('OUTCOME_UNKNOWN');
      expect(repeat.replayed).toBe(when === 'before');
      expect(again).toStrictEqual({ order: repeat.order, replayed: true });
      await expectOneEffect(call);
    });

    it.each([
      ['remembered', pass()],
      ['forgotten', forgetToken()],
    ])('a lost attempt lands late, after the next one, its token %s', async (_token, next) => {
      const call = await makeCall();
      const late = landLate();
      const { flow: faulty, http } = market.connect();
      http.script('TransactWriteItems', late, next);

      const result = await call.act(faulty);
      await late.release();
      const repeat = await call.act(faulty);

      expect(repeat).toStrictEqual({ order: result.order, replayed: true });
      await expectOneEffect(call);
    });

    it('a lost attempt lands late, just before the next one', async () => {
      const call = await makeCall();
      const late = landLate();
      const { flow: faulty, http } = market.connect();
      http.script('TransactWriteItems', late, after(late.release, forgetToken()));

      const result = await call.act(faulty);

      expect(result.replayed).toBe(false);
      await expectOneEffect(call);
    });

    it.each([crashBefore(), crashAfter(), crashUnderway()])(
      'the process dies ($name), and another one makes the call',
      async (death) => {
        const call = await makeCall();
        const { flow: doomed, http } = market.connect();
        http.script('TransactWriteItems', death);

        void call.act(doomed);
        await http.crashed;
        const repeat = await call.act(market.connect().flow);
        await death.release?.();
        const again = await call.act(market.connect().flow);

        expect(repeat.replayed).toBe(death.name === 'crash after');
        expect(again).toStrictEqual({ order: repeat.order, replayed: true });
        await expectOneEffect(call);
      },
    );
  });
});

describe('the runner owns the retries', () => {
  it.each([
    ['a lost response', loseResponse()],
    ['a 500', internalServerError()],
    ['a throttle', throttled('ThrottlingException')],
  ])('and resends the identical transaction, the same token, ids and price included: %s', async (_, fault) => {
    const owner = await market.trader({ usd: 5_000n });
    const { flow: faulty, http, waitsMs } = market.connect();
    const rise = after(async () => {
      prices.set({ priceMinor: 2_000n });
      clock.advance(5_000);
    }, fault);
    http.script('TransactWriteItems', rise, fault);

    const { order } = await faulty.placeOrder(buy(owner));

    const bodies = http.bodiesOf('TransactWriteItems');
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('"ClientRequestToken"');
    // One wait of the runner's before each resend: the SDK sent none of its own.
    expect([bodies.length, waitsMs.length]).toEqual([3, 2]);
    expect(order.fills).toMatchObject([{ priceMinor: 1_000n, executedAt: '2026-01-05T09:30:00.000Z' }]);
  });

  it('under a token that is random per call', async () => {
    const owner = await market.trader({ usd: 9_000n });
    const { flow: counted, http } = market.connect();

    await counted.placeOrder(buy(owner));
    await counted.placeOrder(buy(owner));
    await counted.placeOrder(buy(owner, { clientOrderId: undefined }));

    const tokens = http
      .bodiesOf('TransactWriteItems')
      .map((body) => (JSON.parse(body) as { ClientRequestToken: string }).ClientRequestToken);
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
  });
});

describe('an own order that others have changed since', () => {
  const note = (orderId: () => Promise<string>) => async () =>
    orders.updateOrder({ orderId: await orderId(), expectedVersion: 1, changes: { note: 'Seen.' } });

  it.each([
    ['a client order id', 'a-1'],
    ['an id of our own', undefined],
  ])('is our success, and no replay: under %s', async (_, clientOrderId) => {
    const owner = await market.trader({ usd: 5_000n });
    const onlyOrder = async () => (await orders.getOrdersByUser({ owner })).items[0]!.orderId;
    const { flow: faulty, http } = market.connect();
    http.script('TransactWriteItems', loseResponse(), after(note(onlyOrder), forgetToken()));

    const result = await faulty.placeOrder(buy(owner, { clientOrderId }));

    expect(result).toMatchObject({ replayed: false, order: { status: 'COMPLETED', note: 'Seen.', version: 2 } });
    await expect(market.available(owner)).resolves.toEqual({ USD: 2_000n, AAPL: 3n });
  });
});

describe('a resend that is refused although an earlier attempt might still land', () => {
  interface Story {
    readonly owner: string;
    readonly process: TestProcess;
    readonly late: HeldFault;
  }

  /** The first attempt is underway; before the second the money is gone. */
  async function refusedResend(afterRefusal: Fault[] = []): Promise<Story> {
    const owner = await market.trader({ usd: 5_000n });
    const process = market.connect({ retry: first });
    const late = landLate();

    process.http.script(
      'TransactWriteItems',
      late,
      after(() => market.withdraw(owner, 5_000n)),
    );
    process.http.script('PutItem', ...afterRefusal);
    return { owner, process, late };
  }

  const onlyOrderOf = async (owner: string): Promise<Order | undefined> =>
    (await orders.getOrdersByUser({ owner })).items[0];

  it.each([
    ['client order id', 'a-1'],
    ['id of our own', undefined],
  ])('first writes a fence, a FAILED order, and then reports the refusal: under a %s', async (_, clientOrderId) => {
    const { owner, process, late } = await refusedResend();

    const refusal = await refusalOf(process.flow.placeOrder(buy(owner, { clientOrderId })));

    expect(refusal).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '0.00', required: '30.00' },
    });
    expect(process.http.calls.map(({ target }) => target)).toEqual([
      'TransactWriteItems',
      'TransactWriteItems',
      'PutItem',
    ]);
    expect(process.http.bodiesOf('PutItem')[0]).toContain('attribute_not_exists');
    const fence = await onlyOrderOf(owner);
    expect(fence).toMatchObject({
      owner,
      status: 'FAILED',
      failureCode: 'BALANCE_INSUFFICIENT',
      quantityMinor: 3n,
      fills: [],
      heldMinor: 0n,
    });

    await market.deposit(owner, 5_000n);
    await late.release();

    await expect(orders.getOrder(fence!.orderId)).resolves.toStrictEqual(fence);
    await expect(market.available(owner)).resolves.toEqual({ USD: 5_000n });
  });

  it('answers a repeat with the FAILED order and its failureCode, as a replay', async () => {
    const { owner, process, late } = await refusedResend();
    await refusalOf(process.flow.placeOrder(buy(owner)));
    await market.deposit(owner, 5_000n);
    await late.release();

    const repeat = await flow.placeOrder(buy(owner));
    const other = await refusalOf(flow.placeOrder(buy(owner, { quantity: '1' })));
    prices.set({ asset: { status: 'INACTIVE' } });
    const inactive = await flow.placeOrder(buy(owner));
    const refund = await refusalOf(flow.refundOrder({ orderId: repeat.order.orderId }));

    expect(repeat).toMatchObject({ replayed: true, order: { status: 'FAILED', failureCode: 'BALANCE_INSUFFICIENT' } });
    expect(other.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(inactive).toStrictEqual(repeat);
    expect(refund).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE', details: { status: 'FAILED' } });
    await expect(market.available(owner)).resolves.toEqual({ USD: 5_000n });
  });

  it('reports the refusal only when the fence stands: an attempt that lands before it is our success', async () => {
    const { owner, process, late } = await refusedResend();
    process.http.script(
      'PutItem',
      after(async () => {
        await market.deposit(owner, 3_000n);
        await late.release();
      }),
    );

    const result = await process.flow.placeOrder(buy(owner));

    expect(result).toMatchObject({ replayed: false, order: { status: 'COMPLETED' } });
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
  });

  it('returns the order of another call that came before the fence', async () => {
    const { owner, process } = await refusedResend();
    process.http.script(
      'PutItem',
      after(async () => {
        await market.deposit(owner, 3_000n);
        await flow.placeOrder(buy(owner));
      }),
    );

    const result = await process.flow.placeOrder(buy(owner));

    expect(result).toMatchObject({ replayed: true, order: { status: 'COMPLETED' } });
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
  });

  it.each([
    ['its request is lost', loseRequest()],
    ['its response is lost', loseResponse()],
    ['it meets a 500', internalServerError({ carriedOut: true })],
    ['it is throttled', throttled('ThrottlingException')],
  ])('writes the fence however that fares: %s', async (_, fault) => {
    const { owner, process, late } = await refusedResend([fault]);

    const refusal = await refusalOf(process.flow.placeOrder(buy(owner)));
    await market.deposit(owner, 5_000n);
    await late.release();

    expect(refusal.code).toBe('BALANCE_INSUFFICIENT');
    await expect(onlyOrderOf(owner)).resolves.toMatchObject({ status: 'FAILED' });
    await expect(market.available(owner)).resolves.toEqual({ USD: 5_000n });
  });

  it('is OUTCOME_UNKNOWN where the fence cannot be written, and never "failed"', async () => {
    const { owner, process, late } = await refusedResend(always(loseRequest()));

    const error = await refusalOf(process.flow.placeOrder(buy(owner)));
    await market.deposit(owner, 3_000n);
    await late.release();
    const repeat = await flow.placeOrder(buy(owner));

    expect(error).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      retryable: true,
      details: { operation: 'placeOrder', orderId: repeat.order.orderId },
    });
    expect(repeat).toMatchObject({ replayed: true, order: { status: 'COMPLETED' } });
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
  });

  it('fences a sell in the same way', async () => {
    const owner = await market.trader({ aapl: 3n });
    const process = market.connect();
    const late = landLate();
    const sellAll = () => flow.placeOrder(trade(owner, 'MARKET_SELL', { clientOrderId: 'other' }));
    process.http.script('TransactWriteItems', late, after(sellAll));

    const refusal = await refusalOf(process.flow.placeOrder(trade(owner, 'MARKET_SELL')));
    await flow.placeOrder(buy(owner, { clientOrderId: 'back' }));
    await late.release();

    expect(refusal).toMatchObject({ code: 'BALANCE_INSUFFICIENT', details: { code: 'AAPL' } });
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
  });

  it.each([
    ['a claim marked refused', 'k-1', 'KEY#'],
    ['a FAILED entry, without a key', undefined, 'TXN#'],
  ])('fences a withdrawal by %s', async (_, idempotencyKey, prefix) => {
    const owner = await market.trader({ usd: 5_000n });
    const process = market.connect();
    const late = landLate();
    const withdrawal = { owner, transactionType: 'WITHDRAW', code: 'USD', amountMinor: 5_000n } as const;
    process.http.script(
      'TransactWriteItems',
      late,
      after(() => market.withdraw(owner, 1n)),
    );

    const refusal = await refusalOf(process.balances.createTransaction({ ...withdrawal, idempotencyKey }));
    await market.deposit(owner, 1n);
    await late.release();

    expect(refusal).toMatchObject({ code: 'BALANCE_INSUFFICIENT', details: { available: '49.99', required: '50.00' } });
    expect(process.http.bodiesOf('PutItem').join()).toContain(prefix);
    if (idempotencyKey !== undefined) {
      const repeat = await refusalOf(balances.createTransaction({ ...withdrawal, idempotencyKey }));
      expect(repeat).toMatchObject({ code: refusal.code, details: refusal.details });
    }
    await expect(market.available(owner)).resolves.toEqual({ USD: 5_000n });
  });
});

describe('what stays unknown', () => {
  it('is OUTCOME_UNKNOWN with the id to look for, retryable with the same key', async () => {
    const owner = await market.trader({ usd: 5_000n });
    const { flow: faulty, http } = market.connect({ retry: first });
    http.script('TransactWriteItems', ...always(loseRequest()));

    const named = await refusalOf(faulty.placeOrder(buy(owner)));
    const repeat = await faulty.placeOrder(buy(owner));

    expect(named).toMatchObject({
      name: 'OutcomeUnknownError',
      retryable: true,
      details: { operation: 'placeOrder', orderId: repeat.order.orderId },
    });
    expect(repeat.replayed).toBe(false);
  });

  it('names the order that the client did not name, so that it can be looked up', async () => {
    const owner = await market.trader({ usd: 5_000n });
    const late = landLate();
    const { flow: faulty, http } = market.connect({ retry: first });
    http.script('TransactWriteItems', ...always(late));

    const error = await refusalOf(faulty.placeOrder(buy(owner, { clientOrderId: undefined })));
    await late.release();

    const { orderId } = error.details as { orderId: string };
    await expect(orders.getOrder(orderId, { owner })).resolves.toMatchObject({ status: 'COMPLETED' });
  });

  it('of a refund whose resend is refused is OUTCOME_UNKNOWN; repeated, it refunds once', async () => {
    const owner = await market.trader({ usd: 3_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const late = landLate();
    const { flow: faulty, http } = market.connect();
    const sellAll = () => flow.placeOrder(trade(owner, 'MARKET_SELL', { clientOrderId: 'sell' }));
    http.script('TransactWriteItems', late, after(sellAll));

    const error = await refusalOf(faulty.refundOrder({ orderId: order.orderId }));
    await flow.placeOrder(buy(owner, { clientOrderId: 'back' }));
    const repeat = await flow.refundOrder({ orderId: order.orderId });
    await flow.placeOrder(buy(owner, { clientOrderId: 'again' }));
    await late.release();

    expect(error).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      retryable: true,
      details: { operation: 'refundOrder', orderId: order.orderId },
    });
    expect(repeat.replayed).toBe(false);
    await expect(market.available(owner)).resolves.toEqual({ AAPL: 3n });
    expect((await entriesOf(owner)).filter((type) => type === 'ORDER_REFUND')).toHaveLength(1);
  });

  it('of a cancellation is settled by repeating it', async () => {
    const owner = await market.trader();
    const { order } = await orders.createOrder(makeOrderDraft({ owner }));
    const late = landLate();
    const { flow: faulty, http } = market.connect({ retry: first });
    http.script('UpdateItem', ...always(late));

    const error = await refusalOf(faulty.cancelOrder({ orderId: order.orderId }));
    const repeat = await flow.cancelOrder({ orderId: order.orderId });
    await late.release();

    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { operation: 'updateOrderStatus' } });
    expect(repeat).toMatchObject({ replayed: false, order: { status: 'CANCELLED' } });
    await expect(orders.getOrder(order.orderId)).resolves.toStrictEqual(repeat.order);
  });
});

async function outcomeOf(
  call: Promise<OrderResult>,
): Promise<{ readonly name: string; readonly result?: OrderResult }> {
  try {
    return { name: 'success', result: await call };
  } catch (error) {
    if (isDomainError(error)) return { name: error.code };
    throw error;
  }
}
