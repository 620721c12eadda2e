import type { Fault } from './fault.ts';
import { isMeant, type FaultPlan, type PlanOptions } from './fault-plan.ts';
import { standardFaults, type StandardFaultName } from './standard-faults.ts';

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
