import type { ledgerErrors } from '@cnop/entities-ledger';
import type { ErrorOf } from '@cnop/exceptions';
import { formatDecimal, parseDecimal } from '@cnop/utils';
import type { Outcome, StepRecord } from '../client/attempt.ts';
import { holdings, negated, noAmounts, type Amounts } from '../workload/market.ts';
import type { RestingTables, WriteOperation } from '../workload/operation.ts';
import { accountModel, type AccountEvent, type AccountState } from './account-model.ts';
import { checkLinearizability, type FurthestPoint, type HistoryEntry } from './linearizability.ts';
import type { Violation } from './violation.ts';

type Entry = HistoryEntry<AccountEvent>;
type Refusal = Extract<Outcome, { readonly kind: 'refused' | 'failed' }>;

export interface HistoriesContext {
  readonly tables: RestingTables;
  /** What was available at first, by owner. */
  readonly start: ReadonlyMap<string, Amounts>;
  /** The codes with which any operation may be refused. */
  readonly refusals: readonly string[];
}

/** Checks the history of each account against the model of one. */
export function checkHistories(records: readonly StepRecord[], context: HistoriesContext) {
  const histories = accountHistories(records, context);
  const checks = [...histories].map(([owner, history]) => ({
    owner,
    ...checkLinearizability(accountModel(context.start.get(owner) ?? noAmounts), history),
  }));

  return {
    violations: checks.flatMap(({ owner, verdict, steps, furthest }): Violation[] => {
      if (verdict === 'linearizable') return [];
      return verdict === 'undecided'
        ? [{ rule: 'history is undecided', detail: `${owner} after ${steps} states` }]
        : [{ rule: 'not linearizable', detail: `${owner}: ${describe(furthest)}` }];
    }),
    histories: histories.size,
    operations: [...histories.values()].reduce((sum, { length }) => sum + length, 0),
    steps: checks.reduce((sum, { steps }) => sum + steps, 0),
  };
}

function describe(furthest: FurthestPoint<AccountState, AccountEvent> | undefined): string {
  if (!furthest) return 'not even its first operation';
  const { ordered, state, stuck } = furthest;
  const events = stuck.map(({ event, invokedAt, returnedAt = Infinity }) => {
    const fields = JSON.stringify(event, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
    return `${fields} from ${invokedAt} to ${returnedAt}`;
  });

  return `${ordered} operations led to cash ${state.cash}, asset ${state.asset}, and none of these can come next: ${events.join('; ')}`;
}

/** The history of each account, by owner, as those who used it were told it. */
export function accountHistories(
  records: readonly StepRecord[],
  { tables, refusals }: HistoriesContext,
): ReadonlyMap<string, readonly Entry[]> {
  const shared = new Map<string, number>();
  const numberOf = (name: string) => {
    if (!shared.has(name)) shared.set(name, shared.size);
    return shared.get(name);
  };
  const entries = records.flatMap((record) => {
    const { operation } = record;
    if (operation.effect === undefined) return readingEntries(record);
    const { effect, owner, receiver, isShared } = operation;
    const writing = { operation, tables, refusals, shared: isShared ? numberOf(effect) : undefined };
    return writeEntries(record, writing).flatMap((entry) => [
      { owner, entry },
      ...(receiver === undefined ? [] : receivedEntries(receiver, entry)),
    ]);
  });

  const historyOf = (name: string) => entries.flatMap(({ owner, entry }) => (owner === name ? [entry] : []));
  return new Map([...new Set(entries.map(({ owner }) => owner))].map((owner) => [owner, historyOf(owner)]));
}

/** What a transfer changes for who receives: the opposite, in the same time. A refusal says nothing of that account. */
function receivedEntries(owner: string, entry: Entry): { readonly owner: string; readonly entry: Entry }[] {
  const { event } = entry;

  return event.kind === 'change'
    ? [{ owner, entry: { ...entry, event: { ...event, change: negated(event.change) } } }]
    : [];
}

/** A reading shows what there was at some moment of its last call. */
function readingEntries({ step, attempts }: StepRecord): { readonly owner: string; readonly entry: Entry }[] {
  const { outcome, calledAt: invokedAt = 0, endedAt: returnedAt, answeredAt: likelyAt } = attempts.at(-1) ?? {};
  if (outcome?.kind !== 'acknowledged') return [];

  return (outcome.reading?.seen ?? []).map(({ owner, amounts: seen }) => ({
    owner,
    entry: { invokedAt, returnedAt, likelyAt, event: { kind: 'reading', name: `${step.kind} ${step.id}`, seen } },
  }));
}

interface Writing extends Pick<HistoriesContext, 'tables' | 'refusals'> {
  readonly operation: WriteOperation;
  readonly shared: number | undefined;
}

/**
 * What a client did and was told, all its calls under one key taken as one operation: it takes effect between the first call and the
 * first success. A refusal says what there was at some moment between the first call and itself; a call before it whose outcome is
 * unknown may yet take effect, or never.
 */
function writeEntries({ step, attempts }: StepRecord, writing: Writing): Entry[] {
  const { operation, tables, shared } = writing;
  const name = `${step.kind} ${step.id}`;
  const invokedAt = attempts[0]?.calledAt ?? 0;
  const changedAt = Math.min(...attempts.flatMap((attempt) => attempt.changedAt ?? []));

  for (const { outcome, endedAt: returnedAt } of attempts) {
    if (outcome?.kind !== 'acknowledged' || !outcome.acknowledgement) continue;
    const { replayed } = outcome.acknowledgement;
    const change = outcome.acknowledgement.change ?? operation.find(tables)[0]?.change ?? noAmounts;
    // Of several calls, an earlier one may be what the last one repeats.
    const told = attempts[0]?.outcome === outcome ? replayed : undefined;
    const event = { kind: 'change', name, change, shared, replayed: told } as const;
    return [{ invokedAt, returnedAt, likelyAt: Math.min(changedAt, returnedAt), event }];
  }
  const isInDoubt = attempts.some(({ outcome }) => outcome?.kind === 'unknown' || outcome?.kind === 'crashed');
  const found = isInDoubt ? operation.find(tables) : [];

  return [
    ...found.map(({ change }): Entry => ({
      invokedAt,
      likelyAt: changedAt,
      event: { kind: 'change', name, change, shared },
    })),
    ...attempts.flatMap(({ outcome, endedAt: returnedAt, writeAnsweredAt: likelyAt }): Entry[] => {
      const event = outcome?.kind === 'refused' ? refusalEvent(name, outcome, writing) : undefined;
      return event ? [{ invokedAt, returnedAt, likelyAt, event }] : [];
    }),
  ];
}

/** What a refusal says of the account: that there was less than it takes, and how much, if it gives the figures of what was asked for. */
function refusalEvent(
  name: string,
  { code, details }: Refusal,
  { operation, refusals }: Pick<Writing, 'operation' | 'refusals'>,
): AccountEvent | undefined {
  const takes = (operation.possibleChanges?.() ?? []).flatMap((change) =>
    (['cash', 'asset'] as const)
      .filter((lacking) => change[lacking] < 0n)
      .map((lacking) => ({ lacking, requiredMinor: -change[lacking] })),
  );
  const [most] = takes.toSorted((left, right) => Number(right.requiredMinor - left.requiredMinor));
  if ([...(operation.refusals ?? []), ...refusals].includes(code)) return undefined;
  // The order that was refused shows no figures.
  if (code === 'FENCED' && most) return { kind: 'refusal', name, ...most };
  if (code !== 'BALANCE_INSUFFICIENT') return { kind: 'groundless', name, code };

  const insufficient = details as ErrorOf<typeof ledgerErrors, 'InsufficientFundsError'>['details'];
  const asked = takes.find(({ lacking, requiredMinor }) => {
    const { code: needed, scale } = holdings[lacking];
    return needed === insufficient.code && formatDecimal(requiredMinor, scale) === insufficient.required;
  });
  if (!asked) return { kind: 'groundless', name, code };
  const availableMinor = parseDecimal(insufficient.available, holdings[asked.lacking].scale);
  return { kind: 'refusal', name, ...asked, availableMinor };
}
