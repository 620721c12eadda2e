import { usersTableShape } from '@cnop/entities-user/table';

describe('usersTableShape', () => {
  it('has generic string keys and no index', () => {
    expect(usersTableShape).toEqual({
      name: 'users',
      partitionKey: { name: 'pk', type: 'S' },
      sortKey: { name: 'sk', type: 'S' },
      indexes: [],
    });
  });
});
