import { errorCatalogue, isErrorCode } from '@cnop/exceptions';

/** Counts answers by their status, or by the code of the problem. */
export interface AnswerCount {
  add(status: number, body: string): void;
  /** How many answers were of this status or code. */
  readonly counted: ReadonlyMap<string, number>;
}

/** An answer to an order is either the order or a problem that the caller is told to repeat. */
export function countAnswers(): AnswerCount {
  const counted = new Map<string, number>();

  return {
    counted,
    add: (status, body) => {
      const name = status === 201 ? '201' : codeOf(status, body);
      counted.set(name, (counted.get(name) ?? 0) + 1);
    },
  };
}

function codeOf(status: number, body: string): string {
  try {
    const { code } = JSON.parse(body) as { readonly code?: unknown };
    return typeof code === 'string' ? code : String(status);
  } catch {
    return String(status);
  }
}

/** The answers that were neither an order nor a problem to be repeated, with how often they came. */
export const undeclared = (counted: ReadonlyMap<string, number>): string[] =>
  [...counted].filter(([name]) => name !== '201' && !isRetryable(name)).map(([name, count]) => `${name}: ${count}`);

const isRetryable = (code: string): boolean => isErrorCode(code) && errorCatalogue[code].retryable;
