import type { Attempt } from './attempt.ts';
import type { Acknowledgement, Operation } from './operation.ts';

/** What a record says of its step. */
export interface StepName {
  readonly id: number;
  readonly kind: string;
}

/** A step with every call that was made for it. */
export interface StepRecord {
  readonly step: StepName;
  readonly operation: Operation;
  readonly attempts: Attempt[];
}

/** How things stand with a step: `open` is one that may or may not have happened, as far as its client knows. */
export type StepState = 'acknowledged' | 'refused' | 'open';

/** How things stand with a step. A failed call says nothing about an earlier one that may have happened. */
export function stateOf({ attempts }: StepRecord): StepState {
  const kinds = attempts.map(({ outcome }) => outcome?.kind);
  if (kinds.includes('acknowledged')) return 'acknowledged';
  if (kinds.at(-1) === 'refused') return 'refused';

  return kinds.some((kind) => kind === 'unknown' || kind === 'crashed') ? 'open' : 'refused';
}

/** Everything that the client of a step was told about its success. */
export const acknowledgementsOf = ({ attempts }: StepRecord): Acknowledgement[] =>
  attempts.flatMap(({ outcome }) =>
    outcome?.kind === 'acknowledged' && outcome.acknowledgement ? [outcome.acknowledgement] : [],
  );

/**
 * Whether a request of an earlier call took effect after a later call had looked for the last time before it was refused: no later call
 * can know of that. Documented of a refusal under a client's key while an earlier request is still under way.
 */
export function tookEffectAfterRefusal({ attempts }: StepRecord): boolean {
  return attempts.some((refused, at) => {
    const isRefusal = refused.outcome?.kind === 'refused' || refused.outcome?.kind === 'failed';
    return (
      isRefusal && attempts.slice(0, at).some(({ changedAt }) => changedAt.some((time) => time > refused.servedAt()))
    );
  });
}
