import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { assetItemSchema } from '@cnop/entities-inventory/table';

const indexesOfAssets = inventoryTableShape.indexes.filter(({ sortKey }) => sortKey.name in assetItemSchema.attributes);
const keys = [inventoryTableShape, ...indexesOfAssets].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);

describe('inventoryTableShape', () => {
  it('has a stream of both images, and nothing that expires', () => {
    expect(inventoryTableShape.stream).toBe('NEW_AND_OLD_IMAGES');
    expect(inventoryTableShape).not.toHaveProperty('timeToLive');
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
