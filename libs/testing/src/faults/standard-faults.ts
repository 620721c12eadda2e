import { createHash } from 'node:crypto';
import { type Fault, type FaultPlan, isMeant, type PlanOptions } from './fault.ts';
import {
  expireToken,
  internalServerError,
  loseRequest,
  loseResponse,
  throttle,
  transactionInProgress,
} from './network-faults.ts';
import { conflict } from './transaction-cancellations.ts';
import { truncateBatch } from './truncate-batch.ts';

/** A fault that needs no further word; see {@link standardFaults}. */
export type StandardFaultName =
  | 'loseRequest'
  | 'resetRequest'
  | 'loseResponse'
  | 'resetResponse'
  | 'conflict'
  | 'transactionInProgress'
  | 'throttle'
  | 'internalServerError'
  | 'internalServerErrorCarriedOut'
  | 'expireToken'
  | 'truncateBatch';

/** The faults that every caller of DynamoDB must bear, by name. */
export const standardFaults: Readonly<Record<StandardFaultName, Fault>> = {
  loseRequest: loseRequest(),
  resetRequest: loseRequest({ as: 'reset' }),
  loseResponse: loseResponse(),
  resetResponse: loseResponse({ as: 'reset' }),
  conflict: conflict({ others: ['None', 'None', 'ThrottlingError'] }),
  transactionInProgress: transactionInProgress(),
  throttle: throttle(),
  internalServerError: internalServerError(),
  internalServerErrorCarriedOut: internalServerError({ carriedOut: true }),
  expireToken: expireToken(),
  truncateBatch: truncateBatch(),
};

export interface ProbabilitiesOptions<TName extends string> extends PlanOptions {
  /** The faults by name. Default: {@link standardFaults}. */
  readonly faults: Readonly<Record<TName, Fault>>;
}

/**
 * Draws a fault for each call, by the injector's seed.
 *
 * The draw of a call depends on the seed, its operation and how many calls of that operation went before, so calls of other
 * operations in between change nothing. A fault that cannot be injected into the call drawn for lets it pass.
 *
 * @param shares - probability by fault, e.g. `{ loseResponse: 0.05, conflict: 0.05 }`; the rest passes.
 * @throws RangeError when a share is negative, the sum exceeds 1, or a name is unknown.
 */
export function probabilities(
  shares: Readonly<Partial<Record<StandardFaultName, number>>>,
  options?: PlanOptions,
): FaultPlan;
export function probabilities<TName extends string>(
  shares: Readonly<Partial<Record<NoInfer<TName>, number>>>,
  options: ProbabilitiesOptions<TName>,
): FaultPlan;
export function probabilities(
  shares: Readonly<Record<string, number | undefined>>,
  options: Partial<ProbabilitiesOptions<string>> = {},
): FaultPlan {
  const table = cumulate(shares, options.faults ?? standardFaults);

  return () => (call) => {
    if (!isMeant(call, options)) return undefined;

    const drawn = call.random();
    return table.find(({ upTo }) => drawn < upTo)?.fault;
  };
}

function cumulate(shares: Readonly<Record<string, number | undefined>>, faults: Readonly<Record<string, Fault>>) {
  let upTo = 0;

  const table = Object.entries(shares).map(([name, share = 0]) => {
    const fault = faults[name];
    if (!fault) throw new RangeError(`There is no fault named ${name}.`);
    if (!(share >= 0)) throw new RangeError('A probability is at least 0.');
    upTo += share;
    return { fault, upTo };
  });
  if (upTo > 1 + Number.EPSILON * table.length) throw new RangeError('The probabilities add up to more than 1.');
  return table;
}

/** A seed that a person can type in again. */
export type Seed = number | string;

/** Makes numbers from 0 up to 1, always the same for the same seed. Not secret, not quick: for tests. */
export function seededRandom(seed: Seed): () => number {
  let drawn = 0;

  return () => {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest().readUIntBE(0, 6) / 2 ** 48;
  };
}
