import type { SwaggerTransform } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { problemResponse } from './problem-schema.ts';

/** The name of the way to authenticate, among the components of the document. */
export const bearerScheme = 'accessToken';

/** Describes one route: its zod schemas, who may use it, and that any other answer is a problem. */
export const describeRoute: SwaggerTransform = (document) => {
  const described = jsonSchemaTransform(document);
  const schema: FastifySchema = { ...described.schema };
  if (schema.hide) return { ...described, schema };

  const { access, idempotent } = document.route.config ?? {};
  return {
    ...described,
    schema: {
      ...schema,
      ...(idempotent === true && { headers: idempotencyHeader }),
      security: access === 'public' ? [] : [{ [bearerScheme]: [] }],
      ...(typeof access === 'object' && { 'x-roles': access.roles }),
      response: { ...(schema.response ?? plainResponse), default: problemResponse },
    },
  };
};

/** Of a route that does not declare its responses. */
const plainResponse = {
  200: { description: 'The answer.', content: { 'application/json': { schema: { type: 'object' } } } },
};

const idempotencyHeader = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      pattern: '^[\\x21-\\x7E]{1,64}$',
      description:
        'A repeat with the same key and body takes effect once; the answer says `Idempotency-Replayed: true`.',
    },
  },
};
