import { toMessage } from '../to-message.ts';
import type { EffectRecord, Move, WriteOperation } from './operation.ts';
import type { RestingTables } from './resting-tables.ts';
import { acknowledgementsOf, stateOf, tookEffectAfterRefusal, type StepRecord } from './step-record.ts';
import type { Violation } from './violation.ts';

/** What a comparison of the clients' knowledge with the tables has found. */
export interface EffectCheck {
  readonly violations: readonly Violation[];
  /** What took effect after its client had been refused, by the kind of the step; see `tookEffectAfterRefusal`. */
  readonly lateEffects: readonly string[];
  /** Every effect that took place. */
  readonly effects: readonly EffectRecord[];
}

interface WriteRecord extends StepRecord {
  readonly operation: WriteOperation;
}

/**
 * Compares what clients were told with the tables at rest: every effect, and the total of every balance.
 *
 * @param earlier - what had been moved before the first of these steps.
 */
export function checkEffects(
  records: readonly StepRecord[],
  tables: RestingTables,
  earlier: readonly Move[] = [],
): EffectCheck {
  const violations: Violation[] = records.flatMap(brokenOutcomes);
  const effects: EffectRecord[] = [];
  const lateEffects: string[] = [];

  for (const group of groupsOf(records)) {
    const check = checkEffect(group, tables);
    violations.push(...check.violations);
    effects.push(...check.effects);
    if (check.late) lateEffects.push(check.late);
  }
  violations.push(...wrongTotals([...earlier, ...effects.flatMap(({ moves }) => moves)], tables));
  return { violations, lateEffects, effects };
}

function brokenOutcomes({ step, attempts }: StepRecord): Violation[] {
  return attempts.flatMap(({ outcome }): Violation[] => {
    if (outcome?.kind === 'broken') {
      return [{ rule: 'unexpected outcome', detail: `${step.kind} ${step.id}: ${toMessage(outcome.error)}` }];
    }
    const problem = outcome?.kind === 'acknowledged' ? outcome.problem : undefined;
    return problem === undefined ? [] : [{ rule: 'reading is wrong', detail: problem }];
  });
}

/** Steps that ask for the same effect belong together. */
function groupsOf(records: readonly StepRecord[]): WriteRecord[][] {
  const groups = new Map<string, WriteRecord[]>();

  for (const record of records) {
    if (!isWrite(record)) continue;
    const { name } = record.operation.effect;
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  return [...groups.values()];
}

const isWrite = (record: StepRecord): record is WriteRecord => record.operation.effect !== undefined;

interface GroupCheck {
  readonly violations: Violation[];
  readonly effects: readonly EffectRecord[];
  readonly late?: string | undefined;
}

function checkEffect(group: readonly WriteRecord[], tables: RestingTables): GroupCheck {
  const [first] = group;
  const { name = '', find = () => [] } = first?.operation.effect ?? {};
  const found = find(tables);
  const states = group.map(stateOf);
  const violation = (rule: Violation['rule'], detail = ''): Violation => ({ rule, detail: `${name} ${detail}`.trim() });

  if (states.includes('open')) return { violations: [violation('outcome stays unknown')], effects: found };
  if (found.length > 1) return { violations: [violation('effect is there more than once')], effects: found };

  if (!states.includes('acknowledged')) {
    if (found.length === 0) return { violations: [], effects: [] };
    const late = group.find(tookEffectAfterRefusal)?.step.kind;
    return { violations: late ? [] : [violation('refused effect is there')], effects: found, late };
  }
  const told = group.flatMap(acknowledgementsOf);
  const same = new Set([...told, ...found].map(textOf));
  const violations = [
    ...(found.length === 0 ? [violation('effect is missing')] : []),
    ...(found.length > 0 && same.size > 1 ? [violation('answers differ', [...same].join(' / '))] : []),
  ];
  return { violations, effects: told.slice(0, 1) };
}

const textOf = ({ id, moves }: EffectRecord): string =>
  [id, ...moves.map(({ code, amountMinor }) => `${code} ${amountMinor}`).toSorted()].join(' ');

/** Every balance is the sum of what clients were told, and of nothing else. */
function wrongTotals(moves: readonly Move[], { balances }: RestingTables): Violation[] {
  const totals = new Map<string, bigint>();
  const add = (key: string, amountMinor: bigint) => totals.set(key, (totals.get(key) ?? 0n) + amountMinor);
  for (const { owner, code, amountMinor } of moves) add(`${owner} ${code}`, amountMinor);
  for (const { owner, code, availableMinor } of balances) add(`${owner} ${code}`, -availableMinor);

  return [...totals]
    .filter(([, difference]) => difference !== 0n)
    .map(([name, difference]) => ({ rule: 'total differs', detail: `${name} by ${-difference}` }));
}
