import { toProblemDetails } from '@cnop/exceptions';
import { httpProblems } from '@cnop/middleware';
import { definedErrors } from './defined-errors.ts';
import type { ListedError } from './error-table-text.ts';

/** Every problem that a service may respond with. Errors with status 500 are reported by one code that tells nothing. */
export async function listedErrors(): Promise<ListedError[]> {
  const named = (await definedErrors())
    .flatMap(({ classes }) => Object.values(classes))
    .filter(({ status }) => status !== 500);
  const unnamed = toProblemDetails(new Error());

  return [...named, ...Object.values(httpProblems), unnamed].map(({ code, status, title, retryable }) => ({
    code,
    status,
    title,
    retryable,
  }));
}
