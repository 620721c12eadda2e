import * as fc from 'fast-check';
import { faultNames, type FaultShare } from '../backend/faults.ts';

/** What clients do, and how often each comes. */
const weights = {
  deposit: 7,
  withdraw: 6,
  transfer: 4,
  buy: 7,
  sell: 6,
  refund: 5,
  'pending-deposit': 4,
  settle: 5,
  'fail-deposit': 2,
  adjust: 2,
  'draft-order': 1,
  'wait-to-buy': 2,
  'wait-to-sell': 2,
  'stop-to-buy': 4,
  'stop-to-sell': 3,
  'trail-to-buy': 3,
  'trail-to-sell': 3,
  amend: 2,
  cancel: 4,
  work: 1,
  snapshot: 2,
  balance: 2,
  'list-orders': 1,
  register: 1,
  'set-price': 10,
} as const;

/** One thing that a client does, as often as it takes under the same key. */
export interface Step {
  readonly kind: keyof typeof weights;
  /** Names the step: its idempotency key and its draws of chance follow from this, wherever in the plan it stands. */
  readonly id: number;
  readonly account: number;
  /** Minor units of what the kind is about. */
  readonly amount: number;
  /** Counts back through what others have made, for a kind that acts upon that. */
  readonly target: number;
}

/** Everything that a run in virtual time depends on: the same plan gives the same run. */
export interface Plan {
  readonly seed: number;
  readonly accounts: number;
  readonly faults: FaultShare;
  /** What each client does, one step after the other. */
  readonly clients: readonly (readonly Step[])[];
}

const stepsOf = (kinds: readonly Step['kind'][], accounts: number): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constantFrom(...kinds.flatMap((kind) => Array<Step['kind']>(weights[kind]).fill(kind))),
    // Ids are names and no amounts, so there is nothing to shrink; those below belong to the registrations.
    id: fc.noBias(fc.noShrink(fc.integer({ min: 1_000, max: 2 ** 31 - 1 }))),
    account: fc.nat(accounts - 1),
    amount: fc.integer({ min: 1, max: 16_000 }),
    target: fc.nat(2),
  });
const allKinds = Object.keys(weights) as Step['kind'][];

/** The plans of one seed: simpler ones have fewer clients, fewer steps, fewer faults and fewer calls that go wrong. */
export const plansOf = (seed: number): fc.Arbitrary<Plan> =>
  fc
    .integer({ min: 1, max: 3 })
    .chain((accounts) =>
      fc.record({
        seed: fc.constant(seed),
        accounts: fc.constant(accounts),
        faults: fc.record({
          rate: fc.integer({ min: 0, max: 25 }).map((percent) => percent / 100),
          names: fc.oneof({ weight: 3, arbitrary: fc.constant(faultNames) }, fc.subarray([...faultNames])),
        }),
        clients: fc.array(fc.array(stepsOf(allKinds, accounts), { maxLength: 15, size: 'max' }), {
          minLength: 2,
          maxLength: 6,
          size: 'max',
        }),
        workers: fc.array(fc.array(stepsOf(['work'], accounts), { maxLength: 4, size: 'max' }), {
          minLength: 1,
          maxLength: 2,
          size: 'max',
        }),
      }),
    )
    .map(({ workers, ...plan }) => ({
      ...plan,
      clients: [...withRegistrations(plan.clients, plan.accounts), ...workers],
    }));

/** Every account is registered by a client first thing, while the others already use it. */
const withRegistrations = (clients: Plan['clients'], accounts: number): Plan['clients'] =>
  clients.map((steps, client) => [
    ...Array.from({ length: accounts }, (_, account): Step => ({
      kind: 'register',
      id: account,
      account,
      amount: 1,
      target: 0,
    })).filter(({ account }) => account % clients.length === client),
    ...steps,
  ]);

/** What clients do with users that are registered, at one price: always the same for the same seed. */
export function planSteps(
  seed: number,
  shape: { clients: number; accounts: number; operations: number; firstId: number },
) {
  const { clients, accounts, operations, firstId } = shape;
  const kinds = allKinds.filter((kind) => kind !== 'register' && kind !== 'set-price');
  const steps = fc
    .sample(stepsOf(kinds, accounts), { seed, numRuns: operations, unbiased: true })
    .map((step, at) => ({ ...step, id: firstId + at }));

  return Array.from({ length: clients }, (_, client) => steps.filter((__, at) => at % clients === client));
}
