/** One thing that is stored, in one line. */
export interface Fact {
  /** What names it in the tables. */
  readonly id: string;
  /** All of it that may change. Ids, names and times are left out, so that it reads the same in every run. */
  readonly line: string;
  /** Whether it may be what a refusal left behind, so that no late request takes effect: it moves nothing. */
  readonly isFence: boolean;
}

/** The lines of some facts, in a fixed order. */
export const linesOf = (facts: readonly Fact[]): string[] => facts.map(({ line }) => line).toSorted();

/** Whether these facts hold that one, of the same name. */
export const holds = (facts: readonly Fact[], { id, line }: Fact): boolean =>
  facts.some((fact) => fact.id === id && fact.line === line);
