import { ledgerTableShape } from '@cnop/entities-ledger/shape';

describe('ledgerTableShape', () => {
  it('has generic string keys, a stream, and no index or time to live', () => {
    expect(ledgerTableShape).toEqual({
      name: 'ledger',
      partitionKey: { name: 'pk', type: 'S' },
      sortKey: { name: 'sk', type: 'S' },
      indexes: [],
      stream: 'NEW_AND_OLD_IMAGES',
    });
  });
});
