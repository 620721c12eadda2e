import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { assetItemSchema, tickItemSchema } from '@cnop/entities-inventory/table';

const indexesOfAssets = inventoryTableShape.indexes.filter(({ sortKey }) => sortKey.name in assetItemSchema.attributes);
const keys = [inventoryTableShape, ...indexesOfAssets].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);

describe('inventoryTableShape', () => {
  it('has a stream of both images, and ticks alone expire', () => {
    expect(inventoryTableShape.stream).toBe('NEW_AND_OLD_IMAGES');
    expect(tickItemSchema.attributes).toHaveProperty(inventoryTableShape.timeToLive);
    expect(assetItemSchema.attributes).not.toHaveProperty(inventoryTableShape.timeToLive);
  });

  it('has no tick in an index', () => {
    for (const { partitionKey } of inventoryTableShape.indexes) {
      expect(tickItemSchema.attributes).not.toHaveProperty(partitionKey.name);
    }
  });

  it('lists the assets of a status and of a category by id', () => {
    const indexes = indexesOfAssets.map(({ name, partitionKey, sortKey }) => [name, partitionKey.name, sortKey.name]);

    expect(indexes).toEqual([
      ['byStatus', 'status', 'assetId'],
      ['byCategory', 'category', 'assetId'],
    ]);
  });

  it.each(keys)('has the key $name as a required attribute of its item, of the same type', ({ name, type }) => {
    const attribute = Object.entries(assetItemSchema.attributes).find(([attributeName]) => attributeName === name)?.[1];

    expect(attribute?.type).toBe({ S: 'string' }[type]);
    expect(attribute?.props).not.toHaveProperty('required', 'never');
  });
});
