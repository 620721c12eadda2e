import type { MatrixRow } from './row.ts';

/** One of so many equal shares, counted from 1. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** The rows whose name or method holds one of these texts, or all rows if there is none. @throws Error when there is no such row. */
export function selectRows(rows: readonly MatrixRow[], only: readonly string[]): MatrixRow[] {
  const selected = rows.filter(
    ({ name, method }) => only.length === 0 || only.some((text) => name.includes(text) || method.includes(text)),
  );
  if (selected.length === 0) throw new Error(`No flow has a name or method with '${only.join("' or '")}'.`);

  return selected;
}

/** Every n-th row: neighbours take about equally long. */
export const shareOf = (rows: readonly MatrixRow[], { number, of }: Part): MatrixRow[] =>
  rows.filter((_, index) => index % of === number - 1);
