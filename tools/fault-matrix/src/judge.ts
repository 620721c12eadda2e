import { applyEffect, differenceOf } from './facts/apply-effect.ts';
import { holds, linesOf, type Fact } from './facts/fact.ts';
import type { Recovery } from './recover.ts';
import type { MatrixRow } from './row.ts';
import type { Surroundings } from './surroundings.ts';
import { outcomeOf, textOf } from './told-text.ts';
import type { Told } from './told.ts';

/** All that is known of one run when nothing of it is under way any more. */
export interface Trial extends Surroundings, Recovery {
  readonly row: Pick<MatrixRow, 'identity' | 'effect' | 'refusal'>;
  /** Whether nothing that befell the call leaves its outcome in doubt. */
  readonly isCertain: boolean;
  /** What is there at rest. */
  readonly factsNow: readonly Fact[];
}

/** What a run came to: an outcome in a word or two, and everything that is wrong with it. */
export interface Judgement {
  readonly outcome: string;
  readonly problems: readonly string[];
}

/** How often the effect of the call is there; otherwise, in what it differs from being there once. */
type State = 'never' | 'once' | { readonly difference: readonly string[] };

/** Judges a run: whether the effect is there exactly as often as the caller was told. */
export function judge(trial: Trial): Judgement {
  const { row, before, without, told, factsThen, retold, factsNow } = trial;
  const then = stateOf(row, before, factsThen);
  const now = stateOf(row, without, factsNow);
  const problems = [
    ...callProblems(trial, then),
    ...landingProblems(trial),
    ...(retold ? retryProblems(trial, then, retold) : []),
    ...restProblems(trial, now),
    ...fenceProblems(trial),
  ];

  return { outcome: outcomeOf(told, retold), problems };
}

/** What the call itself told, against what was there when it was over. */
function callProblems({ row, told, factsThen, isCertain }: Trial, state: State): string[] {
  const shown = `the call ${textOf(told)}`;
  if (typeof state === 'object')
    return [`${shown}, and half of it or more than that was there: ${state.difference.join('; ')}`];

  switch (told.kind) {
    case 'answered':
      return [
        ...(row.refusal === undefined ? [] : [`${shown}, although it is to be refused`]),
        ...(state === 'once' || row.effect.length === 0 ? [] : [`${shown}, and its effect was not there`]),
        ...(told.answer.replayed === true ? [`${shown} as a replay, and nobody had made it before`] : []),
        ...(holds(factsThen, told.answer.fact) ? [] : [`${shown} with what was not there: ${told.answer.fact.line}`]),
      ];
    case 'refused':
      return [
        ...refusalProblems(row, told.code, shown),
        ...(state === 'never' ? [] : [`${shown}, and its effect was there`]),
      ];
    case 'failed':
      return state === 'never' ? [] : [`${shown} for certain, and its effect was there`];
    case 'unknown':
      return [
        ...(isCertain ? [`${shown}, although nothing leaves it in doubt`] : []),
        ...(typeof told.details['operation'] === 'string' ? [] : [`${shown}, and does not name the operation`]),
      ];
    case 'crashed':
      return [];
    case 'open':
    case 'wrong':
      return [shown];
  }
}

/** What is told as certain stays so, whatever lands later. */
function landingProblems({ row, without, told, factsLanded }: Trial): string[] {
  if (!factsLanded || (told.kind !== 'refused' && told.kind !== 'failed')) return [];

  const isThere = stateOf(row, without, factsLanded) !== 'never';
  return isThere ? [`the call ${textOf(told)}, and its effect came afterwards`] : [];
}

function retryProblems({ row, told, without, factsNow }: Trial, then: State, retold: Told): string[] {
  const shown = `the repeat ${textOf(retold)}`;

  switch (retold.kind) {
    case 'answered': {
      const { replayed, fact } = retold.answer;
      const isKnown = stateOf(row, without, factsNow) === 'once' && row.refusal === undefined;
      return [
        ...(told.kind === 'refused' || row.effect.length === 0 ? [`${shown}, although it is to be refused`] : []),
        ...(isKnown && replayed !== undefined && replayed !== (then === 'once')
          ? [`${shown} ${replayed ? 'as a replay' : 'as new'}, and it was ${then === 'once' ? '' : 'not '}there before`]
          : []),
        ...(holds(factsNow, fact) ? [] : [`${shown} with what is not there: ${fact.line}`]),
      ];
    }
    case 'refused':
      return refusalProblems(row, retold.code, shown);
    case 'open':
      return [];
    case 'failed':
    case 'unknown':
    case 'crashed':
    case 'wrong':
      return [`${shown}, although nothing befell it`];
  }
}

function refusalProblems({ refusal }: Trial['row'], code: string | undefined, shown: string): string[] {
  if (refusal === undefined) return [`${shown}, although nothing stood against it`];

  return code === undefined || code === refusal ? [] : [`${shown}, although it is to be refused with ${refusal}`];
}

/** What is there in the end, against the last that the caller was told. */
function restProblems({ row, told, retold = told }: Trial, state: State): string[] {
  if (typeof state === 'object') {
    return [`at rest it is there other than never or once: ${state.difference.join('; ')}`];
  }
  const isThere = state === 'once';
  if (retold.kind === 'answered' && !isThere && row.effect.length > 0) return ['at rest its effect is not there'];

  return retold.kind === 'refused' && isThere ? ['at rest its effect is there, although it was refused'] : [];
}

/** A refusal leaves one fence under a key, and one for each call without. */
function fenceProblems({ row: { identity }, without, factsNow }: Trial): string[] {
  const count = (facts: readonly Fact[]) => facts.filter(({ isFence }) => isFence).length;
  const fences = count(factsNow) - count(without);

  return fences > (identity === 'key' ? 1 : 2) ? [`${fences} fences were left behind`] : [];
}

function stateOf({ effect, refusal }: Trial['row'], base: readonly Fact[], facts: readonly Fact[]): State {
  const mayHoldFences = refusal !== undefined;
  const visible = (each: readonly Fact[]) => linesOf(mayHoldFences ? each.filter(({ isFence }) => !isFence) : each);
  const never = visible(base);
  const found = visible(facts);
  if (isSame(found, never)) return 'never';

  const once = applyEffect(never, effect);
  return once && isSame(found, once) ? 'once' : { difference: differenceOf(once ?? never, found) };
}

const isSame = (left: readonly string[], right: readonly string[]): boolean => left.join('\n') === right.join('\n');
