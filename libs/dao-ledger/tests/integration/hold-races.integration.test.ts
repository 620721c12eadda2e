import { isDomainError } from '@cnop/exceptions';
import { runParallel } from '@cnop/testing';
import fc from 'fast-check';
import { findLedgerBreaks } from '../support/ledger-breaks.ts';
import { orderWrites } from '../support/order-writes.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { balances } = store;
const { hold, release, capture } = orderWrites(store);
const opensOrder = true;
const closesOrder = true;

/** An owner with an amount available. */
async function ownerWith(amountMinor: bigint): Promise<string> {
  const owner = await store.openAccount();
  await balances.createTransaction({ owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor });
  return owner;
}

/** A call that is repeated for as long as its refusal says that a repeat may succeed. */
async function insistent<TAnswer>(call: () => Promise<TAnswer>): Promise<TAnswer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(isDomainError(error) && error.retryable)) throw error;
    }
  }
}

describe('holds that race', () => {
  it('are as many as the balance covers: 10 of 50', async () => {
    const owner = await ownerWith(1_000n);

    const { answers, codes } = await runParallel(50, () => insistent(() => hold(owner, 100n, { opensOrder })));

    expect(answers).toHaveLength(10);
    expect(codes).toEqual(Array(40).fill('BALANCE_INSUFFICIENT'));
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 0n,
      heldMinor: 1_000n,
      openOrders: 10,
    });
  });

  it('are as many open orders as there may be: 5 of 20', async () => {
    const owner = await ownerWith(1_000n);
    const place = () => hold(owner, 1n, { opensOrder, maxOpenOrders: 5 });

    const { answers, codes } = await runParallel(20, () => insistent(place));

    expect(answers).toHaveLength(5);
    expect(codes).toEqual(Array(15).fill('TOO_MANY_OPEN_ORDERS'));
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ heldMinor: 5n, openOrders: 5 });
  });

  it('leave nothing held once the holds, captures and releases of 12 orders have met', async () => {
    const owner = await ownerWith(1_200n);
    const order = async (index: number) => {
      await insistent(() => hold(owner, 100n, { opensOrder, maxOpenOrders: 12 }));
      await insistent(() => capture(owner, 60n, { priceMinor: 50n }));
      await insistent(() =>
        index % 2 === 0 ? release(owner, 40n, { closesOrder }) : capture(owner, 40n, { priceMinor: 40n, closesOrder }),
      );
    };

    const { codes } = await runParallel(12, order);

    expect(codes).toEqual([]);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 1_200n - 12n * 50n - 6n * 40n,
      heldMinor: 0n,
      openOrders: 0,
    });
  });
});

interface Model {
  availableMinor: bigint;
  heldMinor: bigint;
  openOrders: number;
  status: 'ACTIVE' | 'FROZEN';
}

type Step =
  | { readonly kind: 'hold'; readonly amountMinor: bigint; readonly opensOrder: boolean }
  | { readonly kind: 'release'; readonly amountMinor: bigint; readonly closesOrder: boolean }
  | {
      readonly kind: 'capture';
      readonly heldMinor: bigint;
      readonly priceMinor: bigint;
      readonly closesOrder: boolean;
    }
  | { readonly kind: 'status'; readonly status: Model['status'] };

const amountMinor = fc.bigInt(1n, 60n);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('hold' as const), amountMinor, opensOrder: fc.boolean() }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('release' as const), amountMinor, closesOrder: fc.boolean() }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('capture' as const),
        heldMinor: amountMinor,
        priceMinor: amountMinor,
        closesOrder: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('status' as const),
        status: fc.constantFrom('ACTIVE' as const, 'FROZEN' as const),
      }),
    },
  ),
  { minLength: 1, maxLength: 12 },
);

const maxOpenOrders = 3;

/** What becomes of the model and of the step by the rules in words: `done`, the code of a refusal, or `broken`. */
function modelled(model: Model, step: Step): string {
  const isFrozen = model.status === 'FROZEN';
  const isUncounted = 'closesOrder' in step && step.closesOrder && model.openOrders === 0;

  switch (step.kind) {
    case 'status':
      model.status = step.status;
      return 'done';
    case 'hold':
      if (isFrozen) return 'BALANCE_FROZEN';
      if (step.opensOrder && model.openOrders === maxOpenOrders) return 'TOO_MANY_OPEN_ORDERS';
      if (step.amountMinor > model.availableMinor) return 'BALANCE_INSUFFICIENT';
      model.openOrders += step.opensOrder ? 1 : 0;
      model.availableMinor -= step.amountMinor;
      model.heldMinor += step.amountMinor;
      return 'done';
    case 'release':
      if (step.amountMinor > model.heldMinor || isUncounted) return 'broken';
      model.openOrders -= step.closesOrder ? 1 : 0;
      model.availableMinor += step.amountMinor;
      model.heldMinor -= step.amountMinor;
      return 'done';
    case 'capture':
      if (isFrozen) return 'BALANCE_FROZEN';
      if (step.heldMinor > model.heldMinor || isUncounted) return 'broken';
      if (step.priceMinor - step.heldMinor > model.availableMinor) return 'BALANCE_INSUFFICIENT';
      model.openOrders -= step.closesOrder ? 1 : 0;
      model.availableMinor += step.heldMinor - step.priceMinor;
      model.heldMinor -= step.heldMinor;
      return 'done';
  }
}

function carriedOut(owner: string, step: Step): Promise<unknown> {
  switch (step.kind) {
    case 'status':
      return balances.updateBalance({ owner, code: 'USD', status: step.status });
    case 'hold':
      return hold(owner, step.amountMinor, step.opensOrder ? { opensOrder, maxOpenOrders } : {});
    case 'release':
      return release(owner, step.amountMinor, { closesOrder: step.closesOrder });
    case 'capture':
      return capture(owner, step.heldMinor, { priceMinor: step.priceMinor, closesOrder: step.closesOrder });
  }
}

const endOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'broken'),
  );

describe('any sequence of holds, captures, releases and freezes', () => {
  it('ends as the rules say, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const model: Model = { availableMinor: 100n, heldMinor: 0n, openOrders: 0, status: 'ACTIVE' };
        const owner = await ownerWith(100n);

        for (const step of sequence) {
          const expected = modelled(model, step);

          await expect(endOf(carriedOut(owner, step))).resolves.toBe(expected);
          await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject(model);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
