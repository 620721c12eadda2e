import * as fc from 'fast-check';
import { faultKinds, type FaultPlan } from '../network/fault.ts';
import type { Step } from './step.ts';

/** Everything that a run depends on: the same plan gives the same run. */
export interface Plan {
  readonly seed: number;
  readonly accounts: number;
  /** How often a client's database tries a write before it gives up. */
  readonly maxAttempts: number;
  readonly faults: FaultPlan;
  /** What each client does, one step after the other. */
  readonly clients: readonly (readonly Step[])[];
}

const account = fc.nat(2);
const target = fc.nat(20);
/** Ids are names and no amounts, so there is nothing to shrink; those below belong to the registrations. */
const id = fc.noBias(fc.noShrink(fc.integer({ min: 1_000, max: 2 ** 31 - 1 })));
const amountMinor = fc.integer({ min: 1, max: 10_000 });
const quantityMinor = fc.integer({ min: 1, max: 15_000 });
const adjustedMinor = fc.integer({ min: -4_000, max: 20_000 }).filter((amount) => amount !== 0);
const finalStatus = fc.constantFrom<'COMPLETED' | 'FAILED' | 'CANCELLED'>(
  'COMPLETED',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
);

const money = (kind: 'deposit' | 'withdraw' | 'pending-deposit') =>
  fc.record({ kind: fc.constant(kind), id, account, amountMinor });
const trading = (kind: 'buy' | 'sell') => fc.record({ kind: fc.constant(kind), id, account, quantityMinor });
const onTarget = (kind: 'refund' | 'cancel') => fc.record({ kind: fc.constant(kind), id, target });
const onAccount = (kind: 'register' | 'draft-order' | 'list-orders') =>
  fc.record({ kind: fc.constant(kind), id, account });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: money('deposit') },
  { weight: 5, arbitrary: money('withdraw') },
  { weight: 4, arbitrary: money('pending-deposit') },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('settle' as const), id, target, status: finalStatus }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('adjust' as const), id, account, amountMinor: adjustedMinor }),
  },
  { weight: 6, arbitrary: trading('buy') },
  { weight: 5, arbitrary: trading('sell') },
  { weight: 4, arbitrary: onTarget('refund') },
  { weight: 2, arbitrary: onTarget('cancel') },
  { weight: 1, arbitrary: onAccount('register') },
  { weight: 1, arbitrary: onAccount('draft-order') },
  { weight: 1, arbitrary: onAccount('list-orders') },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set-price' as const),
      id,
      priceMinor: fc.integer({ min: 1, max: 1_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('snapshot' as const), id }) },
);

/** The plans of one seed: simpler ones have fewer clients, fewer steps, fewer kinds of faults and fewer calls that go wrong. */
export const plansOf = (seed: number): fc.Arbitrary<Plan> =>
  fc
    .record({
      seed: fc.constant(seed),
      accounts: fc.integer({ min: 1, max: 3 }),
      maxAttempts: fc.integer({ min: 1, max: 4 }),
      faults: fc.record({
        percent: fc.integer({ min: 0, max: 25 }),
        kinds: fc.oneof({ weight: 3, arbitrary: fc.constant([...faultKinds]) }, fc.subarray([...faultKinds])),
      }),
      clients: fc.array(fc.array(anyStep, { maxLength: 15, size: 'max' }), { minLength: 2, maxLength: 6, size: 'max' }),
    })
    .map((plan) => ({ ...plan, clients: fitToAccounts(plan.clients, plan.accounts) }));

/** Every account is registered by a client first thing, while the others already use it. */
const fitToAccounts = (clients: readonly (readonly Step[])[], accounts: number): Step[][] =>
  clients.map((steps, client) => {
    const own = Array.from({ length: accounts }, (_, number) => number).filter((at) => at % clients.length === client);

    return [
      ...own.map((number): Step => ({ kind: 'register', id: number, account: number })),
      ...steps.map((step) => ('account' in step ? { ...step, account: step.account % accounts } : step)),
    ];
  });
