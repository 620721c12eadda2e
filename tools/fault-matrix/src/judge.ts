import type { Fact } from './facts.ts';
import type { MatrixRow } from './row.ts';
import { outcomeOf, textOf, type Told } from './told.ts';

/** What is stored around the call of a row. */
export interface Surroundings {
  /** Before the call. */
  readonly before: readonly Fact[];
  /** Without the call, after what others do meanwhile; the same as `before` if they do nothing. */
  readonly without: readonly Fact[];
}

/** What came of a call, and of its repeat. */
export interface Recovery {
  readonly told: Told;
  /** What was stored when the call was over. */
  readonly factsThen: readonly Fact[];
  /** What was stored after others had acted and the first request had landed, before the repeat; absent if they do nothing. */
  readonly factsLanded?: readonly Fact[];
  /** What the repeat came to, if there was one. */
  readonly retold: Told | undefined;
}

/** Everything that is known of a run once none of its requests is under way. */
export interface Trial extends Surroundings, Recovery {
  readonly row: Pick<MatrixRow, 'identity' | 'effect' | 'refusal'>;
  /** Whether no fault leaves the outcome of the call in doubt. */
  readonly isCertain: boolean;
  /** What is stored in the end. */
  readonly factsNow: readonly Fact[];
}

/** How often the effect of the call is stored; otherwise, in what the facts differ from once. */
type State = 'never' | 'once' | { readonly difference: readonly string[] };

/** Judges a run: whether the effect is stored exactly as often as the caller was told. Returns all that is wrong. */
export function judge(trial: Trial): { readonly outcome: string; readonly problems: readonly string[] } {
  const { row, before, without, told, retold, factsThen, factsLanded = factsThen, factsNow, isCertain } = trial;
  const [then, now] = [stateOf(row, before, factsThen), stateOf(row, without, factsNow)];
  const landed = trial.factsLanded ? stateOf(row, without, factsLanded) : 'never';
  const last = retold ?? told;
  const [mustFail, hasEffect] = [row.refusal !== undefined, row.effect.length > 0];
  const [isDefinite, wasStored] = [told.kind === 'refused' || told.kind === 'failed', then === 'once'];
  const isFirstRepeat = retold?.kind === 'answered' && now === 'once' && !mustFail;
  const [call, repeat] = [`the call ${textOf(told)}`, retold ? `the repeat ${textOf(retold)}` : ''];

  const rules: readonly (readonly [isBroken: boolean, problem: string])[] = [
    [typeof then === 'object', `${call}, and its effect was stored in part or twice: ${textOfState(then)}`],
    [told.kind === 'open' || told.kind === 'wrong', call],
    [told.kind === 'answered' && mustFail, `${call}, although it must be refused`],
    [told.kind === 'answered' && hasEffect && then === 'never', `${call}, and its effect was not stored`],
    [told.kind === 'answered' && told.replayed === true, `${call} as a replay, although it was the first`],
    [told.kind === 'answered' && !holds(factsThen, told.fact), `${call} with what was not stored: ${lineOf(told)}`],
    [told.kind === 'refused' && !isDue(row, told.code), `${call}, although ${expected(row)}`],
    [isDefinite && wasStored, `${call}, and its effect was stored`],
    [isDefinite && landed !== 'never', `${call}, and its effect came afterwards`],
    [told.kind === 'unknown' && isCertain, `${call}, although nothing leaves it in doubt`],
    [told.kind === 'unknown' && !told.operation, `${call}, and does not name the operation`],

    [retold?.kind === 'answered' && (told.kind === 'refused' || !hasEffect), `${repeat}, although it must be refused`],
    [isFirstRepeat && retold.replayed === true && !wasStored, `${repeat} as a replay, and it was not stored before`],
    [isFirstRepeat && retold.replayed === false && wasStored, `${repeat} as new, and it was stored before`],
    [
      retold?.kind === 'answered' && !holds(factsNow, retold.fact),
      `${repeat} with what is not stored: ${lineOf(last)}`,
    ],
    [retold?.kind === 'refused' && !isDue(row, retold.code), `${repeat}, although ${expected(row)}`],
    [retold !== undefined && unprovoked.has(retold.kind), `${repeat}, although no fault was injected`],

    [typeof now === 'object', `in the end its effect is stored neither never nor once: ${textOfState(now)}`],
    [last.kind === 'answered' && hasEffect && now === 'never', 'in the end its effect is not stored'],
    [last.kind === 'refused' && now === 'once', 'in the end its effect is stored, although it was refused'],
    [fencesLeft(trial) > (row.identity === 'key' ? 1 : 2), `${fencesLeft(trial)} fences were left behind`],
  ];
  return { outcome: outcomeOf(told, retold), problems: rules.filter(([isBroken]) => isBroken).map(([, text]) => text) };
}

const unprovoked: ReadonlySet<Told['kind']> = new Set(['failed', 'unknown', 'crashed', 'wrong'] as const);
const lineOf = (told: Told) => (told.kind === 'answered' ? told.fact.line : '');
const textOfState = (state: State) => (typeof state === 'object' ? state.difference.join('; ') : state);
const isDue = ({ refusal }: Trial['row'], code?: string) =>
  refusal !== undefined && (code === undefined || code === refusal);
const expected = ({ refusal }: Trial['row']) =>
  refusal === undefined ? 'nothing speaks against it' : `it must be refused with ${refusal}`;
const holds = (facts: readonly Fact[], { id, line }: Fact) =>
  facts.some((fact) => fact.id === id && fact.line === line);

/** A refusal leaves one fence under a key, and one for each call without. */
function fencesLeft({ without, factsNow }: Trial): number {
  const count = (facts: readonly Fact[]) => facts.filter(({ isFence }) => isFence).length;
  return count(factsNow) - count(without);
}

function stateOf({ effect, refusal }: Trial['row'], base: readonly Fact[], facts: readonly Fact[]): State {
  const linesOf = (each: readonly Fact[]) =>
    each.filter(({ isFence }) => refusal === undefined || !isFence).map(({ line }) => line);
  const [never, found] = [linesOf(base), linesOf(facts)];
  if (difference(never, found).length === 0) return 'never';

  const fromOnce = difference(applyEffect(never, effect), found);
  return fromOnce.length === 0 ? 'once' : { difference: fromOnce };
}

/** These lines after an effect. @throws Error when there is not one line that a change replaces. */
export const applyEffect = (lines: readonly string[], effect: readonly string[]): readonly string[] =>
  effect.reduce((left, change) => {
    const [sign, kind] = change.split(' ', 2);
    const old = left.filter((line) => sign === '~' && line.split(' ', 1)[0] === kind);
    if (old.length !== (sign === '~' ? 1 : 0)) throw new Error(`The effect '${change}' replaces ${old.length} lines.`);
    return [...left.filter((line) => line !== old[0]), change.slice(2)];
  }, lines);

/** What is in one list of lines and not in the other; of equal lines each counts. */
export function difference(expected: readonly string[], found: readonly string[]): string[] {
  const added = [...found];
  const missing = expected.filter((line) => {
    const at = added.indexOf(line);
    if (at >= 0) added.splice(at, 1);
    return at < 0;
  });

  return [...missing.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
}
