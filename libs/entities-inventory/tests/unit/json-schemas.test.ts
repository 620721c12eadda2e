import {
  assetCreateSchema,
  assetListResponseSchema,
  assetResponseSchema,
  assetUpdateSchema,
  priceUpdateSchema,
  tickListResponseSchema,
  tickResponseSchema,
} from '@cnop/entities-inventory';
import * as z from 'zod';

const schemas = Object.entries({
  assetCreateSchema,
  assetListResponseSchema,
  assetResponseSchema,
  assetUpdateSchema,
  priceUpdateSchema,
  tickListResponseSchema,
  tickResponseSchema,
});

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

    expect(document.description).toMatch(/^[A-Z].*\.$/);
    expect(objects.length).toBeGreaterThan(0);
    // A record has a schema for its values in that place, and one for its names.
    for (const { additionalProperties, propertyNames } of objects) {
      expect(additionalProperties === false || propertyNames).toBeTruthy();
    }
  });
});
