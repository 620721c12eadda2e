import { toIamPolicy, type TableGrant } from '@cnop/database-core/infrastructure';
import { thingsShape } from '../../support/test-database.ts';

const arn = 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${ThingsTableName}';

describe(toIamPolicy, () => {
  it('permits actions on a table, on indexes, inside of transactions, and on attributes', () => {
    const policy = toIamPolicy([
      { table: thingsShape, actions: ['Query', 'GetItem'] },
      { table: thingsShape, indexes: ['byOwner', 'byKind'], actions: ['Query'] },
      { table: thingsShape, actions: ['PutItem'], onlyInTransactions: true },
      { table: thingsShape, actions: ['BatchGetItem'], attributes: ['sk', 'pk'] },
    ]);

    expect(policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Things', Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: [arn] },
        {
          Sid: 'ThingsIndexes',
          Effect: 'Allow',
          Action: ['dynamodb:Query'],
          Resource: [`${arn}/index/byOwner`, `${arn}/index/byKind`],
        },
        {
          Sid: 'ThingsInTransactions',
          Effect: 'Allow',
          Action: ['dynamodb:PutItem'],
          Resource: [arn],
          Condition: { 'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] } },
        },
        {
          Sid: 'ThingsAttributes',
          Effect: 'Allow',
          Action: ['dynamodb:BatchGetItem'],
          Resource: [arn],
          Condition: {
            'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
            StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
          },
        },
      ],
    });
  });

  it('permits reading every stream of a table, whose label nobody knows beforehand', () => {
    const { Statement } = toIamPolicy([
      { table: thingsShape, streams: true, actions: ['GetRecords', 'DescribeStream'] },
    ]);

    expect(Statement).toEqual([
      {
        Sid: 'ThingsStreams',
        Effect: 'Allow',
        Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords'],
        Resource: [`${arn}/stream/*`],
      },
    ]);
  });

  it('names the tables by a prefix', () => {
    const [statement] = toIamPolicy([{ table: thingsShape, actions: ['GetItem'] }], { prefix: 'prod-' }).Statement;

    expect(statement?.Resource).toEqual([
      'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/prod-things',
    ]);
  });

  it.each<[string, TableGrant]>([
    ['an index that the table does not have', { table: thingsShape, indexes: ['byColour'], actions: ['Query'] }],
    ['no index at all', { table: thingsShape, indexes: [], actions: ['Query'] }],
    ['no action', { table: thingsShape, actions: [] }],
  ])('refuses a grant on %s', (_, grant) => {
    expect(() => toIamPolicy([grant])).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error);
  });
});
