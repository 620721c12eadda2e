import type { FaultPlan } from '@cnop/testing';

/** How many calls were made and what befell them. */
export interface CallCounts {
  calls: number;
  readonly faults: Map<string, number>;
}

/** The plan, whose choices are counted. */
export const countedPlan =
  (plan: FaultPlan, counts: CallCounts): FaultPlan =>
  () => {
    const choose = plan();

    return (call) => {
      const fault = choose(call);
      counts.calls += 1;
      if (fault && (fault.appliesTo?.(call) ?? true)) {
        counts.faults.set(fault.name, (counts.faults.get(fault.name) ?? 0) + 1);
      }
      return fault;
    };
  };
