import { parseInput } from '@cnop/validation';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';

/**
 * A plugin that lets the routes of a service describe themselves by zod schemas.
 *
 * Body, query, path and headers that break a rule are VALIDATION_FAILED with a JSON pointer each. An answer that its own schema does not
 * permit is a fault of the service: 500.
 */
export const zodSchemas = fastifyPlugin(
  (service: FastifyInstance, _options, done) => {
    service.setValidatorCompiler(validatorCompiler);
    service.setSerializerCompiler(serializerCompiler);
    done();
  },
  { name: '@cnop/zod-schemas', fastify: '5.x' },
);

const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (input: unknown) => {
    try {
      return { value: parseInput(schema, input) };
    } catch (error) {
      return { error: error as Error };
    }
  };
