import { checkLinearizability } from '../linearizability/check-linearizability.ts';
import type { HistoryEntry } from '../linearizability/history.ts';
import { accountModel, type AccountEvent, type AccountState } from './account-model.ts';
import { noAmounts, type Amounts } from './amounts.ts';

/** What was checked, and what was found. */
export interface HistoriesCheck {
  readonly violations: readonly HistoryViolation[];
  readonly histories: number;
  readonly operations: number;
  /** How many operations the largest history has. */
  readonly largest: number;
  /** How many states the searches went through. */
  readonly steps: number;
  readonly durationMs: number;
}

/** A history that cannot have been, or of which the search could not decide whether it can. */
export interface HistoryViolation {
  readonly rule: 'not linearizable' | 'history is undecided';
  readonly detail: string;
}

/** Checks the history of each account against the model of one, from what it had at the start. */
export function checkHistories(
  histories: ReadonlyMap<string, readonly HistoryEntry<AccountEvent>[]>,
  start: ReadonlyMap<string, Amounts>,
): HistoriesCheck {
  const began = performance.now();
  const checks = [...histories].map(([owner, history]) => ({
    owner,
    history,
    check: checkLinearizability(accountModel(start.get(owner) ?? noAmounts), history),
  }));
  const sizes = checks.map(({ history }) => history.length);

  return {
    violations: checks.flatMap(({ owner, check }): HistoryViolation[] => {
      if (check.verdict === 'linearizable') return [];
      return check.verdict === 'undecided'
        ? [{ rule: 'history is undecided', detail: `${owner} after ${check.steps} states` }]
        : [{ rule: 'not linearizable', detail: `${owner}: ${describe(check.furthest)}` }];
    }),
    histories: checks.length,
    operations: sizes.reduce((sum, size) => sum + size, 0),
    largest: Math.max(0, ...sizes),
    steps: checks.reduce((sum, { check }) => sum + check.steps, 0),
    durationMs: performance.now() - began,
  };
}

type Furthest = ReturnType<typeof checkLinearizability<AccountState, AccountEvent>>['furthest'];

function describe(furthest: Furthest): string {
  if (!furthest) return 'not even its first operation';

  const { ordered, state, stuck } = furthest;
  const done = `${ordered} operations led to cash ${state.cash}, asset ${state.asset}`;
  return `${done}, and none of these can come next: ${stuck.map(textOf).join('; ')}`;
}

function textOf({ event, invokedAt, returnedAt = Infinity }: HistoryEntry<AccountEvent>): string {
  const { kind, name, ...rest } = event;
  const fields = JSON.stringify(rest, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));

  return `${name} (${kind} ${fields} from ${invokedAt} to ${returnedAt})`;
}
