import { ensureTables } from '@cnop/database-core';
import { toCloudFormation, toTerraform } from '@cnop/database-core/infrastructure';
import type { TableShape } from '@cnop/utils';
import { answerError, answerWith } from '@cnop/testing';
import { openTestDatabase, thingsShape } from '../../support/test-database.ts';

const bareShape: TableShape = { name: 'price-ticks', partitionKey: { name: 'id', type: 'N' }, indexes: [] };

describe(toCloudFormation, () => {
  it('describes production tables whose names are parameters', () => {
    const template = toCloudFormation([thingsShape, bareShape]);

    expect(template).toEqual({
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'DynamoDB tables: things, price-ticks.',
      Parameters: {
        ThingsTableName: { Type: 'String', Default: 'things', AllowedPattern: '[A-Za-z0-9_.-]{3,255}' },
        PriceTicksTableName: { Type: 'String', Default: 'price-ticks', AllowedPattern: '[A-Za-z0-9_.-]{3,255}' },
      },
      Resources: {
        ThingsTable: expect.anything() as unknown,
        PriceTicksTable: {
          Type: 'AWS::DynamoDB::Table',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            TableName: { Ref: 'PriceTicksTableName' },
            BillingMode: 'PAY_PER_REQUEST',
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            DeletionProtectionEnabled: true,
          },
        },
      },
      Outputs: {
        ThingsTableArn: { Value: { 'Fn::GetAtt': ['ThingsTable', 'Arn'] } },
        ThingsTableStreamArn: { Value: { 'Fn::GetAtt': ['ThingsTable', 'StreamArn'] } },
        PriceTicksTableArn: { Value: { 'Fn::GetAtt': ['PriceTicksTable', 'Arn'] } },
      },
    });
  });

  it('names the tables by a prefix', () => {
    const template = toCloudFormation([bareShape], { prefix: 'prod-' });

    expect(template.Resources['PriceTicksTable']?.Properties['TableName']).toBe('prod-price-ticks');
    expect(template).not.toHaveProperty('Parameters');
  });

  it('is plain JSON', () => {
    const template = toCloudFormation([thingsShape]);

    expect(JSON.parse(JSON.stringify(template))).toEqual(template);
  });
});

describe(toTerraform, () => {
  it('describes production tables whose names are variables', () => {
    const configuration = toTerraform([thingsShape, bareShape]);

    expect(configuration).toEqual({
      variable: {
        things_table_name: { type: 'string', default: 'things', description: 'The name of the table things.' },
        price_ticks_table_name: {
          type: 'string',
          default: 'price-ticks',
          description: 'The name of the table price-ticks.',
        },
      },
      resource: {
        aws_dynamodb_table: {
          things: {
            name: '${var.things_table_name}',
            billing_mode: 'PAY_PER_REQUEST',
            hash_key: 'pk',
            range_key: 'sk',
            attribute: [
              { name: 'pk', type: 'S' },
              { name: 'sk', type: 'S' },
              { name: 'owner', type: 'S' },
              { name: 'rank', type: 'N' },
              { name: 'kind', type: 'S' },
            ],
            global_secondary_index: [
              { name: 'byOwner', hash_key: 'owner', range_key: 'rank', projection_type: 'ALL' },
              { name: 'byKind', hash_key: 'kind', projection_type: 'KEYS_ONLY' },
            ],
            point_in_time_recovery: { enabled: true },
            deletion_protection_enabled: true,
            stream_enabled: true,
            stream_view_type: 'NEW_AND_OLD_IMAGES',
            ttl: { attribute_name: 'ttl', enabled: true },
            lifecycle: { prevent_destroy: true },
          },
          price_ticks: expect.objectContaining({ hash_key: 'id' }) as unknown,
        },
      },
      output: {
        things_table_arn: { value: '${aws_dynamodb_table.things.arn}' },
        things_table_stream_arn: { value: '${aws_dynamodb_table.things.stream_arn}' },
        price_ticks_table_arn: { value: '${aws_dynamodb_table.price_ticks.arn}' },
      },
    });
  });

  it('names the tables by a prefix', () => {
    const configuration = toTerraform([bareShape], { prefix: 'prod-' });

    expect(configuration.resource.aws_dynamodb_table['price_ticks']).toMatchObject({ name: 'prod-price-ticks' });
    expect(configuration).not.toHaveProperty('variable');
    expect(configuration.resource.aws_dynamodb_table['price_ticks']).not.toHaveProperty('range_key');
    expect(configuration.resource.aws_dynamodb_table['price_ticks']).not.toHaveProperty('global_secondary_index');
  });
});

describe('stream and time to live', () => {
  it('are enabled in both templates where the shape has them', () => {
    const cloudFormation = toCloudFormation([thingsShape]).Resources['ThingsTable']?.Properties;
    const terraform = toTerraform([thingsShape]).resource.aws_dynamodb_table['things'];

    expect(cloudFormation).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    expect(terraform).toMatchObject({
      stream_enabled: true,
      stream_view_type: 'NEW_AND_OLD_IMAGES',
      ttl: { attribute_name: 'ttl', enabled: true },
    });
  });

  it('are in neither where the shape has none', () => {
    const cloudFormation = toCloudFormation([bareShape]).Resources['PriceTicksTable']?.Properties;
    const terraform = toTerraform([bareShape]).resource.aws_dynamodb_table['price_ticks'];

    for (const name of ['StreamSpecification', 'TimeToLiveSpecification']) {
      expect(cloudFormation).not.toHaveProperty(name);
    }
    for (const name of ['stream_enabled', 'stream_view_type', 'ttl']) expect(terraform).not.toHaveProperty(name);
  });
});

/** Keys and indexes of a table, however the description writes them. */
interface Keys {
  readonly table: string[];
  readonly indexes: string[][];
  readonly attributes: string[];
}

interface AwsTable {
  readonly KeySchema: { readonly AttributeName: string; readonly KeyType: string }[];
  readonly AttributeDefinitions: { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: (Pick<AwsTable, 'KeySchema'> & {
    readonly IndexName: string;
    readonly Projection: { readonly ProjectionType: string };
  })[];
}

const keysOfShape = ({ partitionKey, sortKey }: Pick<TableShape, 'partitionKey' | 'sortKey'>) =>
  [partitionKey.name, sortKey?.name].filter((name) => name !== undefined);

const shapeSays = (shape: TableShape): Keys => ({
  table: keysOfShape(shape),
  indexes: shape.indexes.map((index) => [index.name, ...keysOfShape(index), index.projection]),
  attributes: [
    ...new Set([shape, ...shape.indexes].flatMap((keyed) => [keyed.partitionKey, keyed.sortKey].flatMap(textOfKey))),
  ].sort(),
});
const textOfKey = (key: TableShape['sortKey']) => (key ? [`${key.name} ${key.type}`] : []);

const awsSays = ({ KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] }: AwsTable): Keys => ({
  table: KeySchema.map(({ AttributeName }) => AttributeName),
  indexes: GlobalSecondaryIndexes.map((index) => [
    index.IndexName,
    ...index.KeySchema.map(({ AttributeName }) => AttributeName),
    index.Projection.ProjectionType,
  ]),
  attributes: AttributeDefinitions.map(
    ({ AttributeName, AttributeType }) => `${AttributeName} ${AttributeType}`,
  ).sort(),
});

const terraformSays = (shape: TableShape): Keys => {
  const [table] = Object.values(toTerraform([shape]).resource.aws_dynamodb_table);
  const keys = (keyed: { hash_key: string; range_key?: string }) =>
    keyed.range_key === undefined ? [keyed.hash_key] : [keyed.hash_key, keyed.range_key];

  return {
    table: keys(table!),
    indexes: (table!.global_secondary_index ?? []).map((index) => [index.name, ...keys(index), index.projection_type]),
    attributes: table!.attribute.map(({ name, type }) => `${name} ${type}`).sort(),
  };
};

describe('every description of a table', () => {
  it.each([thingsShape, bareShape])('says the same keys and indexes: $name', async (shape) => {
    const { database, http } = openTestDatabase({ tables: { [shape.name]: 'x-table' } });
    http.script('DescribeTable', answerError('ResourceNotFoundException'), answerWith({}));
    http.script('CreateTable', answerError('AccessDeniedException'));
    await expect(ensureTables(database, [shape])).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
    const [created] = http.bodiesOf('CreateTable');
    const [resource] = Object.values(toCloudFormation([shape]).Resources);

    const expected = shapeSays(shape);

    expect(awsSays(JSON.parse(created!) as AwsTable)).toEqual(expected);
    expect(awsSays(resource!.Properties as unknown as AwsTable)).toEqual(expected);
    expect(terraformSays(shape)).toEqual(expected);
  });
});
