/** Counts answers by their status, or by the code of the problem. */
export interface AnswerCount {
  add(status: number, body: string): void;
  /** How many answers were of this status or code. */
  readonly counted: ReadonlyMap<string, number>;
  /** The responses that were neither an order nor a problem to be repeated, with their counts. */
  undeclared(): string[];
}

/** A response to an order is either the order or a problem that says that the request may be repeated. */
export function countAnswers(): AnswerCount {
  const counted = new Map<string, number>();
  const declared = new Set(['201']);

  return {
    counted,
    add: (status, body) => {
      const { code, retryable } = problemIn(body);
      const name = status !== 201 && typeof code === 'string' ? code : String(status);
      counted.set(name, (counted.get(name) ?? 0) + 1);
      if (retryable === true) declared.add(name);
    },
    undeclared: () => [...counted].filter(([name]) => !declared.has(name)).map(([name, count]) => `${name}: ${count}`),
  };
}

function problemIn(body: string): { readonly code?: unknown; readonly retryable?: unknown } {
  try {
    return Object(JSON.parse(body)) as { readonly code?: unknown; readonly retryable?: unknown };
  } catch {
    return {};
  }
}
