import type * as z from 'zod';

/** What the schema makes of the input, or `undefined` when it refuses it. */
export function accepted<TSchema extends z.ZodType>(schema: TSchema, input: unknown): z.output<TSchema> | undefined {
  return schema.safeParse(input).data;
}
