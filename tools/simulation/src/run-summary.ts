import { addCounts, countOf, type Counts } from './counts.ts';
import type { StepRecord } from './clients/step-record.ts';
import type { Network } from './network/network.ts';

/** What happened in a run, or in many. */
export interface RunSummary {
  /** Things that clients set out to do. */
  readonly operations: number;
  /** Calls by what came of them; one operation may take several. */
  readonly outcomes: Counts;
  /** Requests that went wrong. */
  readonly faults: Counts;
  /** Answers that told one client of another in its way. */
  readonly conflicts: number;
  /** Effects that came after their refusal, by the kind of the step: the documented exception. */
  readonly lateEffects: Counts;
  readonly virtualMs: number;
}

/** A summary of nothing. */
export const emptySummary: RunSummary = {
  operations: 0,
  outcomes: {},
  faults: {},
  conflicts: 0,
  lateEffects: {},
  virtualMs: 0,
};

/** What a run is summed up from. */
export interface RunFacts {
  readonly records: readonly StepRecord[];
  readonly network: Network;
  readonly lateEffects: readonly string[];
  readonly virtualMs: number;
}

/** Sums up a run. */
export function summarize({ records, network, lateEffects, virtualMs }: RunFacts): RunSummary {
  const kinds = records.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome?.kind ?? 'broken'));

  return {
    operations: records.length,
    outcomes: countOf(kinds),
    faults: Object.fromEntries(network.faultCounts),
    conflicts: network.conflicts(),
    lateEffects: countOf(lateEffects),
    virtualMs,
  };
}

/** Two summaries as one. */
export const addSummaries = (left: RunSummary, right: RunSummary): RunSummary => ({
  operations: left.operations + right.operations,
  outcomes: addCounts(left.outcomes, right.outcomes),
  faults: addCounts(left.faults, right.faults),
  conflicts: left.conflicts + right.conflicts,
  lateEffects: addCounts(left.lateEffects, right.lateEffects),
  virtualMs: left.virtualMs + right.virtualMs,
});
