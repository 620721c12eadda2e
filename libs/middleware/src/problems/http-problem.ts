import type { ProblemDetails } from '@cnop/exceptions';

const httpProblem = (status: number, title: string, detail: string): ProblemDetails => ({
  type: 'about:blank',
  title,
  status,
  code: title.toUpperCase().replaceAll(/\W+/g, '_'),
  detail,
  retryable: false,
});

const badRequest = httpProblem(
  400,
  'Bad Request',
  'The request is not well-formed: its path, its headers or its body.',
);

/**
 * The problems of requests that HTTP itself refuses, before anything of the domain sees them, by status. The code is the status in words, such as `NOT_FOUND`.
 */
export const httpProblems: Readonly<Record<number, ProblemDetails>> = {
  400: badRequest,
  404: httpProblem(404, 'Not Found', 'There is no such route.'),
  405: httpProblem(405, 'Method Not Allowed', 'The route does not take this method; `Allow` names those it takes.'),
  408: httpProblem(408, 'Request Timeout', 'The request did not arrive in time.'),
  413: httpProblem(413, 'Payload Too Large', 'The body is larger than this route takes.'),
  414: httpProblem(414, 'URI Too Long', 'A part of the path is longer than any route takes.'),
  415: httpProblem(
    415,
    'Unsupported Media Type',
    'Send JSON in UTF-8, as `application/json`, without a content coding.',
  ),
  431: httpProblem(431, 'Request Header Fields Too Large', 'The headers are larger than this service takes.'),
};

/** The problem of a request that is refused with this status; of a status without one, that of 400. */
export const httpProblemOf = (status: number): ProblemDetails => httpProblems[status] ?? badRequest;
