/** The problem document, as JSON Schema for an OpenAPI document. */
export const problemSchema = {
  type: 'object',
  description: 'A problem document (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance', 'requestId', 'retryable'],
  properties: {
    type: { type: 'string', description: 'A URN of the code, or about:blank.' },
    title: { type: 'string', description: 'The fixed sentence of the code.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', description: 'What to tell problems apart by.' },
    detail: { type: 'string', description: 'What it means and what to do.' },
    instance: { type: 'string', description: 'The path of the request.' },
    requestId: { type: 'string', description: 'The id of the request, as in `X-Request-Id`.' },
    retryable: { type: 'boolean', description: 'Whether the very same request may succeed when repeated.' },
    details: { type: 'object', description: 'The figures of the code.' },
    errors: {
      type: 'array',
      description: 'Each broken rule of an input.',
      items: {
        type: 'object',
        required: ['pointer', 'rule', 'message'],
        properties: {
          pointer: { type: 'string', description: 'Where, as a JSON pointer (RFC 6901).' },
          rule: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
} as const;

/** How a route's answers name it. */
export const problemResponse = {
  description: 'A problem.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
} as const;
