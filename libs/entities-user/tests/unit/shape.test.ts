import { usersTableShape } from '@cnop/entities-user/shape';

describe('usersTableShape', () => {
  it('has generic string keys, a stream and a time to live, and no index', () => {
    expect(usersTableShape).toEqual({
      name: 'users',
      partitionKey: { name: 'pk', type: 'S' },
      sortKey: { name: 'sk', type: 'S' },
      indexes: [],
      stream: 'NEW_AND_OLD_IMAGES',
      timeToLive: 'ttl',
    });
  });
});
