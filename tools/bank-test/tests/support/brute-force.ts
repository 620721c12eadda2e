import type { HistoryEntry, Model } from '../../src/linearizability/history.ts';

/** Whether a history is linearizable, found by trying every order of every choice of the operations whose outcome is unknown. */
export function isLinearizableByForce<TState, TEvent>(
  model: Model<TState, TEvent>,
  history: readonly HistoryEntry<TEvent>[],
): boolean {
  const unknown = history.filter(({ returnedAt }) => returnedAt === undefined);
  const known = history.filter((entry) => !unknown.includes(entry));

  return subsetsOf(unknown).some((chosen) =>
    permutationsOf([...known, ...chosen]).some((order) => keepsTime(order) && isAllowed(model, order)),
  );
}

const subsetsOf = <TItem>(items: readonly TItem[]): TItem[][] =>
  items.reduce<TItem[][]>((subsets, item) => subsets.flatMap((subset) => [subset, [...subset, item]]), [[]]);

function permutationsOf<TItem>(items: readonly TItem[]): TItem[][] {
  if (items.length === 0) return [[]];

  return items.flatMap((first, at) => permutationsOf(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

/** Whether no operation comes after one that was only invoked when it had returned. */
const keepsTime = <TEvent>(order: readonly HistoryEntry<TEvent>[]): boolean =>
  order.every(({ invokedAt }, at) => order.slice(at + 1).every(({ returnedAt = Infinity }) => returnedAt >= invokedAt));

function isAllowed<TState, TEvent>(model: Model<TState, TEvent>, order: readonly HistoryEntry<TEvent>[]): boolean {
  let state: TState | undefined = model.initial;
  for (const { event } of order) state = state === undefined ? undefined : model.next(state, event);

  return state !== undefined;
}
