import { z } from 'zod';

/** The zod schemas that a module exports, by name: a schema that is added is found without being named anywhere. */
export function schemasOf(module: Readonly<Record<string, unknown>>): [string, z.ZodType][] {
  return Object.entries(module).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType);
}
