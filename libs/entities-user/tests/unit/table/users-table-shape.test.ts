import {
  balanceItemSchema,
  claimItemSchema,
  emailClaimItemSchema,
  transactionItemSchema,
  userItemSchema,
  usersTableShape,
} from '@cnop/entities-user/table';

const itemSchemas = [balanceItemSchema, claimItemSchema, emailClaimItemSchema, transactionItemSchema, userItemSchema];

describe('usersTableShape', () => {
  it('has generic string keys, a stream and a time to live', () => {
    expect(usersTableShape).toMatchObject({
      name: 'users',
      partitionKey: { name: 'pk', type: 'S' },
      sortKey: { name: 'sk', type: 'S' },
      stream: 'NEW_AND_OLD_IMAGES',
      timeToLive: 'ttl',
    });
  });

  it('has users, balances, entries and claims in no index', () => {
    const theirs = usersTableShape.indexes.filter(({ partitionKey, sortKey }) =>
      itemSchemas.some(({ attributes }) => partitionKey.name in attributes && (sortKey?.name ?? 'pk') in attributes),
    );

    expect(theirs).toEqual([]);
  });
});
