import { errorCatalogue, toProblemDetails } from '@cnop/exceptions';
import { httpProblems } from '@cnop/middleware';
import type { ListedError } from './error-table-text.ts';

/** Every problem that a service may answer with. What the catalogue has as 500 is answered as one code that tells nothing. */
export function listedErrors(): ListedError[] {
  const named = Object.entries(errorCatalogue)
    .filter(([, { status }]) => status !== 500)
    .map(([code, { status, title, retryable }]) => ({ code, status, title, retryable }));
  const unnamed = toProblemDetails(new Error());

  return [...named, ...Object.values(httpProblems), unnamed].map(({ code, status, title, retryable }) => ({
    code,
    status,
    title,
    retryable,
  }));
}
