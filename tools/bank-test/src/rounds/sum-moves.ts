import type { Move } from '@cnop/simulation';

/** The same moves, those of one account and code as one. */
export function sumMoves(moves: readonly Move[]): Move[] {
  const sums = new Map<string, Move>();

  for (const move of moves) {
    const name = `${move.owner} ${move.code}`;
    sums.set(name, { ...move, amountMinor: move.amountMinor + (sums.get(name)?.amountMinor ?? 0n) });
  }
  return [...sums.values()];
}
