import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderItemSchema } from '@cnop/entities-order/table';

const indexesOfOrders = ordersTableShape.indexes.filter(({ sortKey }) => sortKey.name in orderItemSchema.attributes);
const keys = [ordersTableShape, ...indexesOfOrders].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);

describe('ordersTableShape', () => {
  it('has a stream of both images, and nothing that expires', () => {
    expect(ordersTableShape.stream).toBe('NEW_AND_OLD_IMAGES');
    expect(ordersTableShape).not.toHaveProperty('timeToLive');
  });

  it('lists the orders of a user by time, by asset and time, and by status and time', () => {
    const indexes = indexesOfOrders.map(({ name, partitionKey, sortKey }) => [name, partitionKey.name, sortKey.name]);

    expect(indexes).toEqual([
      ['byOwner', 'owner', 'createdAt'],
      ['byOwnerAsset', 'owner', 'assetCreatedAt'],
      ['byOwnerStatus', 'owner', 'statusCreatedAt'],
    ]);
  });

  it.each(keys)('has the key $name as a required attribute of its item, of the same type', ({ name, type }) => {
    const attribute = Object.entries(orderItemSchema.attributes).find(([attributeName]) => attributeName === name)?.[1];

    expect(attribute?.type).toBe({ S: 'string' }[type]);
    expect(attribute?.props).not.toHaveProperty('required', 'never');
  });
});
