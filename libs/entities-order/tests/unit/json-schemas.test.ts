import {
  orderAmendmentSchema,
  orderCreateSchema,
  orderListResponseSchema,
  orderPreviewResponseSchema,
  orderResponseSchema,
} from '@cnop/entities-order';
import * as z from 'zod';

const schemas = Object.entries({
  orderAmendmentSchema,
  orderCreateSchema,
  orderListResponseSchema,
  orderPreviewResponseSchema,
  orderResponseSchema,
});

/** Every description in a JSON Schema. */
function descriptionsIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];

  const inner = Object.values(part).flatMap(descriptionsIn);
  return 'description' in part && typeof part.description === 'string' ? [part.description, ...inner] : inner;
}

/** Every object in a JSON Schema, the schema itself among them. */
function objectsIn(part: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof part !== 'object' || part === null) return [];

  const inner = Object.values(part).flatMap(objectsIn);
  return 'type' in part && part.type === 'object' ? [{ ...part }, ...inner] : inner;
}

describe.each(['input', 'output'] as const)('as JSON Schema of its %s', (io) => {
  it.each(schemas)('%s can be documented, and knows no other field', (_, schema) => {
    const document = z.toJSONSchema(schema, { io });

    const objects = objectsIn(document);

    expect(document.title).toMatch(/^Order[A-Za-z]*$/);
    expect(document.description).toBeDefined();
    for (const description of descriptionsIn(document)) expect(description).toMatch(/^[A-Z].*\.$/);
    expect(objects.length).toBeGreaterThan(0);
    // A record has a schema for its values in that place, and one for its names.
    for (const { additionalProperties, propertyNames } of objects) {
      expect(additionalProperties === false || propertyNames).toBeTruthy();
    }
  });
});
