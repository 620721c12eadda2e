import { sum, type Counts } from './counts.ts';
import type { Violation } from './judge/violation.ts';
import type { holdings } from './workload/market.ts';
import type { Plan } from './workload/plan.ts';

/** What happened in a round, or in many. The same for the same run in virtual time. */
export interface Summary {
  readonly operations: number;
  readonly requests: number;
  /** Calls by what came of them; one operation may take several. */
  readonly outcomes: Counts;
  readonly faults: Counts;
  /** Requests that met a transaction of another client, or an earlier one of their own; counted in virtual time alone. */
  readonly conflicts: number;
  /** Operations of unknown outcome when the clients had left. */
  readonly inDoubt: number;
  readonly snapshots: number;
  readonly committed: number;
  /** Effects that came after their refusal, by the kind of the step: the documented exception. */
  readonly lateEffects: Counts;
  /** What is in the accounts, and what the effects say, in minor units. */
  readonly found: Readonly<Record<keyof typeof holdings, number>>;
  readonly moved: Readonly<Record<keyof typeof holdings, number>>;
  readonly histories: { readonly histories: number; readonly operations: number; readonly steps: number };
  /** How long the clients acted, by the clock of their database. */
  readonly elapsedMs: number;
  /** Workers that were killed, orders by their type and status at the end, and what users were told, where workers are killed. */
  readonly deaths: number;
  readonly orders: Counts;
  readonly told: Counts;
}

/** What a run came to, of many seeds in virtual time or of many rounds on a real DynamoDB. All of it is JSON-safe. */
export interface Report {
  readonly runs: number;
  readonly summary: Partial<Summary>;
  readonly broken: readonly BrokenRun[];
}

export interface BrokenRun {
  readonly name: string;
  readonly violations: readonly Violation[];
  readonly minimized?: { readonly plan: Plan; readonly violations: readonly Violation[]; readonly runs: number };
}

export const emptyReport: Report = { runs: 0, summary: {}, broken: [] };

export const joinReports = (left: Report, right: Report): Report => ({
  runs: left.runs + right.runs,
  summary: sum(left.summary, right.summary),
  broken: [...left.broken, ...right.broken],
});

const mostViolations = 20;

/** The report as text for people; its last line is the verdict. */
export function printReport({ runs, summary, broken }: Report, title: string, durationMs: number): string {
  return [
    ...broken.map(printBroken),
    `${title}: ${runs} in ${(durationMs / 1_000).toFixed(1)} s`,
    ...Object.entries(summary).map(([name, value]) => `${name.padEnd(12)}${textOf(value)}`),
    `${broken.reduce((total, { violations }) => total + violations.length, 0)} broken invariants`,
  ].join('\n');
}

function textOf(value: number | Counts): string {
  if (typeof value === 'number') return String(value);

  const names = Object.keys(value).sort();
  return names.map((name) => `${name} ${value[name]}`).join(', ') || 'none';
}

function printBroken({ name, violations, minimized }: BrokenRun): string {
  const lines = (all: readonly Violation[]) => [
    ...all.slice(0, mostViolations).map(({ rule, detail }) => `  ${rule}: ${detail}`),
    ...(all.length > mostViolations ? [`  and ${all.length - mostViolations} more`] : []),
  ];
  const simplest = minimized && [
    `the simplest plan that breaks something (found in ${minimized.runs} runs):`,
    ...lines(minimized.violations),
    `  ${JSON.stringify(minimized.plan)}`,
    `again: npm run simulate -- --seed ${minimized.plan.seed}`,
  ];

  return [`${name} is broken:`, ...lines(violations), ...(simplest ?? []), ''].join('\n');
}
