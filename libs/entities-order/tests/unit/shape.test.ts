import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderItemSchema } from '@cnop/entities-order/table';

const indexesOfOrders = ordersTableShape.indexes.filter(({ sortKey }) => sortKey.name in orderItemSchema.attributes);
const keys = [ordersTableShape, ...indexesOfOrders].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);

/** Only open orders have these. */
const sparse: ReadonlySet<string> = new Set(
  ['rise', 'fall', 'trail', 'expiry'].flatMap((index) => [`${index}Shard`, `${index}Sort`]),
);

describe('ordersTableShape', () => {
  it('has a stream of both images, and an attribute of time to live that no order has', () => {
    expect(ordersTableShape.stream).toBe('NEW_AND_OLD_IMAGES');
    expect(ordersTableShape.timeToLive).toBe('ttl');
    expect(orderItemSchema.attributes).not.toHaveProperty('ttl');
  });

  it('lists the orders of a user in three ways, and finds open orders by price, by trail and by expiry', () => {
    const indexes = indexesOfOrders.map(({ name, partitionKey, sortKey }) => [name, partitionKey.name, sortKey.name]);

    expect(indexes).toEqual([
      ['byOwner', 'owner', 'createdAt'],
      ['byOwnerAsset', 'owner', 'assetCreatedAt'],
      ['byOwnerStatus', 'owner', 'statusCreatedAt'],
      ['byRise', 'riseShard', 'riseSort'],
      ['byFall', 'fallShard', 'fallSort'],
      ['byTrail', 'trailShard', 'trailSort'],
      ['byExpiry', 'expiryShard', 'expirySort'],
    ]);
  });

  it.each(keys)('has the key $name as an attribute of its item, of the same type', ({ name, type }) => {
    const attribute = Object.entries(orderItemSchema.attributes).find(([attributeName]) => attributeName === name)?.[1];

    expect(attribute?.type).toBe({ S: 'string' }[type]);
  });

  it.each(keys.filter(({ name }) => !sparse.has(name)))('requires the key $name', ({ name }) => {
    const attribute = Object.entries(orderItemSchema.attributes).find(([attributeName]) => attributeName === name)?.[1];

    expect(attribute?.props).not.toHaveProperty('required', 'never');
  });
});
