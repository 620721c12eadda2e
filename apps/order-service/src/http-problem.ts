import { STATUS_CODES } from 'node:http';
import type { ProblemDetails } from '@cnop/exceptions';

/**
 * The problem document of a request that HTTP itself refuses, before the domain sees it: no such route, malformed JSON, another
 * content type, too large a body. Its code is the status in words, such as `NOT_FOUND`.
 *
 * @param detail - what is wrong, for people.
 */
export function httpProblem(status: number, detail: string): ProblemDetails {
  const title = STATUS_CODES[status] ?? 'Bad Request';

  return {
    type: 'about:blank',
    title,
    status,
    code: title.toUpperCase().replaceAll(/\W+/g, '_'),
    detail,
    retryable: false,
  };
}
