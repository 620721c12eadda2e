import { stateOf, type StepRecord } from '../client/attempt.ts';
import { addAmounts, negated, noAmounts, type Amounts } from '../workload/market.ts';
import type { Acknowledgement, EffectRecord, RestingTables, WriteOperation } from '../workload/operation.ts';
import type { Violation } from './violation.ts';

export interface FoundEffect extends EffectRecord {
  readonly owner: string;
  readonly receiver?: string | undefined;
}

interface WriteRecord extends StepRecord {
  readonly operation: WriteOperation;
}

/**
 * Compares what clients were told with the tables at rest: every effect, and the total of every balance.
 *
 * @param start - what was available before the first of these steps, by owner.
 */
export function checkEffects(
  records: readonly StepRecord[],
  tables: RestingTables,
  start: ReadonlyMap<string, Amounts> = new Map(),
) {
  const writes = records.filter((record): record is WriteRecord => record.operation.effect !== undefined);
  const wanted = new Map(writes.map(({ operation }) => [operation.effect, operation]));
  const checks = [...wanted.values()].map((operation) => checkEffect(operation, writes, tables));
  const effects = checks.flatMap((check) => check.effects);

  return {
    violations: [
      ...records.flatMap(brokenOutcomes),
      ...checks.flatMap(({ violations }) => violations),
      ...wrongTotals(start, effects, tables),
    ],
    /** What took effect after its client had been refused, by the kind of the step: the documented exception. */
    lateEffects: checks.flatMap(({ late = [] }) => late),
    effects,
  };
}

function brokenOutcomes({ step, attempts }: StepRecord): Violation[] {
  return attempts.flatMap(({ outcome }): Violation[] => {
    if (outcome?.kind === 'broken') {
      return [{ rule: 'unexpected outcome', detail: `${step.kind} ${step.id}: ${String(outcome.error)}` }];
    }
    const { seen = [], problem } = (outcome?.kind === 'acknowledged' && outcome.reading) || {};
    const negative = seen.filter(({ amounts: { cash = 0n, asset = 0n } }) => cash < 0n || asset < 0n);

    return [
      ...negative.map(({ owner }): Violation => ({
        rule: 'negative balance',
        detail: `${owner} in ${step.kind} ${step.id}`,
      })),
      ...(problem === undefined ? [] : [{ rule: 'reading is wrong', detail: problem } as const]),
    ];
  });
}

function checkEffect(
  { effect, owner, receiver, find }: WriteOperation,
  writes: readonly WriteRecord[],
  tables: RestingTables,
) {
  const group = writes.filter(({ operation }) => operation.effect === effect);
  const found = find(tables).map((record) => ({ ...record, owner, receiver }));
  const states = group.map(stateOf);
  const violation = (rule: Violation['rule'], detail = effect): Violation => ({ rule, detail });

  if (states.includes('open')) return { violations: [violation('outcome stays unknown')], effects: found };
  if (found.length > 1) return { violations: [violation('effect is there more than once')], effects: found };

  if (!states.includes('acknowledged')) {
    if (found.length === 0) return { violations: [], effects: [] };
    const late = group.find(tookEffectAfterRefusal)?.step.kind;
    return late === undefined
      ? { violations: [violation('refused effect is there')], effects: found }
      : { violations: [], effects: found, late };
  }
  const known = found[0]?.change ?? noAmounts;
  const told = group
    .flatMap(acknowledgementsOf)
    .map(({ change = known, ...record }) => ({ ...record, change, owner, receiver }));
  const same = new Set([...told, ...found].map(({ id, change }) => `${id} ${change.cash} ${change.asset}`));
  const differs = found.length > 0 && same.size > 1;
  return {
    violations: [
      ...(found.length === 0 ? [violation('effect is missing')] : []),
      ...(differs ? [violation('answers differ', `${effect} ${[...same].join(' / ')}`)] : []),
    ],
    effects: told.slice(0, 1),
  };
}

const acknowledgementsOf = ({ attempts }: StepRecord): Acknowledgement[] =>
  attempts.flatMap(({ outcome }) => (outcome?.kind === 'acknowledged' && outcome.acknowledgement) || []);

/**
 * Whether a request of an earlier call took effect after a later call had sent its last request before it was refused: no later call can
 * know of that. Documented of a refusal under a client's key while an earlier request is still under way.
 */
const tookEffectAfterRefusal = ({ attempts }: StepRecord): boolean =>
  attempts.some(
    ({ outcome, sentAt }, at) =>
      (outcome?.kind === 'refused' || outcome?.kind === 'failed') &&
      attempts.slice(0, at).some(({ changedAt = 0 }) => changedAt > sentAt),
  );

/** Every balance is what it was and the sum of what clients were told, and of nothing else. */
function wrongTotals(
  start: ReadonlyMap<string, Amounts>,
  effects: readonly FoundEffect[],
  { balances }: RestingTables,
): Violation[] {
  const expected = new Map(start);
  const expect = (owner: string, change: Amounts) =>
    expected.set(owner, addAmounts(expected.get(owner) ?? noAmounts, change));
  for (const { owner, receiver, change } of effects) {
    expect(owner, change);
    if (receiver !== undefined) expect(receiver, negated(change));
  }

  return [...new Set([...expected.keys(), ...balances.keys()])].flatMap((owner): Violation[] => {
    const { cash, asset } = addAmounts(balances.get(owner) ?? noAmounts, negated(expected.get(owner) ?? noAmounts));
    return cash === 0n && asset === 0n
      ? []
      : [{ rule: 'total differs', detail: `${owner} by cash ${cash}, asset ${asset}` }];
  });
}
