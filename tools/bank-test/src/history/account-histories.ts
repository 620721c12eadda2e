import type { BankRecord } from '../clients/bank-record.ts';
import type { Sighting } from '../clients/round-world.ts';
import type { HistoryEntry } from '../linearizability/history.ts';
import type { AccountEvent } from './account-model.ts';
import type { Amounts } from './amounts.ts';
import { refusalEvent } from './refusal-event.ts';

type Entry = HistoryEntry<AccountEvent>;

/** The history of each account, by owner, as those who used it were told it. */
export function accountHistories(
  records: readonly BankRecord[],
  sightings: readonly Sighting[],
): ReadonlyMap<string, readonly Entry[]> {
  const histories = new Map<string, Entry[]>();
  const orders = new Map<string, number>();
  const historyOf = (owner: string) => {
    const history = histories.get(owner) ?? [];
    histories.set(owner, history);
    return history;
  };
  const numberOf = (orderId: string) => {
    const number = orders.get(orderId) ?? orders.size;
    orders.set(orderId, number);
    return number;
  };

  for (const record of records) {
    historyOf(record.owner).push(
      ...(record.change ? changeEntries(record, record.change, numberOf) : lookEntries(record)),
    );
  }
  for (const { owner, ...entry } of sightings) historyOf(owner).push(entry);
  return histories;
}

/** A look shows what there was at some moment of its last call. */
function lookEntries({ step, seen, attempts }: BankRecord): Entry[] {
  const last = attempts.at(-1);
  const amounts = seen?.();
  if (!last || !amounts || last.outcome?.kind !== 'acknowledged') return [];

  const { calledAt: invokedAt, endedAt: returnedAt, answeredAt: likelyAt } = last;
  return [{ invokedAt, returnedAt, likelyAt, event: { kind: 'reading', name: `look ${step.id}`, seen: amounts } }];
}

/**
 * What a client did and was told, all its calls under one key taken as one operation: it takes effect between the first call and the
 * first success. A refusal says what there was at some moment between the first call and itself; a call before it whose outcome is
 * unknown may yet take effect, or never.
 */
function changeEntries(
  { step, refundOf, attempts }: BankRecord,
  change: Amounts,
  numberOf: (orderId: string) => number,
): Entry[] {
  const name = `${step.kind} ${step.id}`;
  const invokedAt = attempts[0]?.calledAt ?? 0;
  const likelyAt = Math.min(...attempts.flatMap(({ changedAt }) => changedAt));
  const effect = (replayed?: boolean): AccountEvent =>
    refundOf === undefined
      ? { kind: 'change', name, change, replayed }
      : { kind: 'refund', name, change, order: numberOf(refundOf), replayed };

  for (const { outcome, endedAt: returnedAt } of attempts) {
    if (outcome?.kind !== 'acknowledged') continue;
    // Of several calls, an earlier one may be what the last one repeats.
    const replayed = attempts[0]?.outcome === outcome ? outcome.acknowledgement?.replayed : undefined;
    return [{ invokedAt, returnedAt, likelyAt: Math.min(likelyAt, returnedAt), event: effect(replayed) }];
  }
  const isInDoubt = attempts.some(({ outcome }) => outcome?.kind === 'unknown' || outcome?.kind === 'crashed');
  const refusals = attempts.flatMap(({ outcome, endedAt: returnedAt, writeAnsweredAt }): Entry[] =>
    outcome?.kind === 'refused'
      ? [{ invokedAt, returnedAt, likelyAt: writeAnsweredAt, event: refusalEvent({ name, change, outcome }) }]
      : [],
  );
  return [...(isInDoubt ? [{ invokedAt, likelyAt, event: effect() }] : []), ...refusals];
}
