import { usersTableShape } from '@cnop/entities-user/table';

describe('usersTableShape', () => {
  it('has generic string keys, no index, and a time to live', () => {
    expect(usersTableShape).toEqual({
      name: 'users',
      partitionKey: { name: 'pk', type: 'S' },
      sortKey: { name: 'sk', type: 'S' },
      indexes: [],
      timeToLive: 'ttl',
    });
  });
});
