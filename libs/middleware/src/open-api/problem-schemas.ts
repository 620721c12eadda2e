import { httpProblems, internalProblem } from '../problems/problem-of.ts';
import { problemCatalogue } from './problem-catalogue.ts';

/** One kind of problem, as an OpenAPI document describes it. A class that `defineErrors` made is one. */
export interface ProblemKind {
  /** The HTTP status, 400 to 599. */
  readonly status: number;
  /** The fixed sentence of its code. */
  readonly title: string;
  /** The JSON Schema of the member `details`; absent where the problem has none, or where nothing is known of them. */
  readonly details?: object;
}

/**
 * The components of an OpenAPI document that describe problems: one schema for each code, `ProblemCode` with all codes, and `Problem`, which
 * is any of them, told apart by `code`.
 *
 * @param others - by code: what a service responds with beside the errors of the libraries.
 */
export function problemSchemas(others: Readonly<Record<string, ProblemKind>> = {}): Record<string, object> {
  const http = [...Object.values(httpProblems), internalProblem].map((problem) => [problem.code, problem] as const);
  const kinds: [code: string, kind: ProblemKind][] = Object.entries({
    ...problemCatalogue,
    ...Object.fromEntries(http),
    ...others,
  });
  const references = kinds.map(([code]) => [code, `#/components/schemas/${nameOf(code)}`] as const);

  return {
    Problem: {
      description:
        'A problem document (RFC 9457). A later release may add codes: treat one that you do not know by its status.',
      oneOf: references.map(([, $ref]) => ({ $ref })),
      discriminator: { propertyName: 'code', mapping: Object.fromEntries(references) },
    },
    ProblemCode: { type: 'string', description: 'Tells problems apart.', enum: kinds.map(([code]) => code) },
    ...Object.fromEntries(kinds.map(([code, kind]) => [nameOf(code), schemaOf(code, kind)])),
  };
}

/** `BALANCE_INSUFFICIENT` is `BalanceInsufficientProblem`. */
const nameOf = (code: string): string =>
  `${code.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}Problem`;

function schemaOf(code: string, { status, title, details }: ProblemKind): object {
  const needsDetails = details !== undefined && 'required' in details;

  return {
    type: 'object',
    description: title,
    required: [...required, ...(needsDetails ? ['details'] : []), ...(code === invalidInput ? ['errors'] : [])],
    properties: {
      ...shared,
      status: { type: 'integer', enum: [status] },
      code: { type: 'string', enum: [code] },
      ...(details && { details }),
      ...(code === invalidInput && { errors }),
    },
  };
}

const invalidInput = 'VALIDATION_FAILED';
const required = ['type', 'title', 'status', 'code', 'detail', 'instance', 'requestId', 'retryable'];

/** What every problem has, but `status` and `code`. */
const shared = {
  type: { type: 'string', description: 'A URN of the code, or about:blank.' },
  title: { type: 'string', description: 'The fixed sentence of the code.' },
  detail: { type: 'string', description: 'What it means and what to do.' },
  instance: { type: 'string', description: 'The path of the request.' },
  requestId: { type: 'string', description: 'The id of the request, as in `X-Request-Id`.' },
  retryable: { type: 'boolean', description: 'Whether the very same request may succeed when repeated.' },
};

/** What only an invalid input has. */
const errors = {
  type: 'array',
  description: 'Each broken rule of the input.',
  items: {
    type: 'object',
    required: ['pointer', 'rule', 'message'],
    properties: {
      pointer: { type: 'string', description: 'Where, as a JSON pointer (RFC 6901).' },
      rule: { type: 'string' },
      message: { type: 'string' },
    },
  },
};

/** How a route's responses name it. */
export const problemResponse = {
  description: 'A problem.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
} as const;
