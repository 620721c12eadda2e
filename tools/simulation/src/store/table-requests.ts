import { keyAttributes, type KeySchema } from './item-key.ts';
import { assertModelled, type RequestBody } from './request-fields.ts';
import { tableOf, type StoreContext } from './store-context.ts';
import { NotModelledError, StoreError, validationError } from './store-error.ts';
import { createTable, type Table, type TableIndex, type TimeToLiveSpecification } from './table.ts';

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

interface IndexBody {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType: string };
}

interface CreateTableBody {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: readonly KeyElement[];
  readonly GlobalSecondaryIndexes?: readonly IndexBody[];
}

const createFields = [
  'TableName',
  'AttributeDefinitions',
  'KeySchema',
  'GlobalSecondaryIndexes',
  'BillingMode',
  'StreamSpecification',
];

/** CreateTable: the table can be used at once. Its stream is there by name only: nothing here reads one. */
export function createTableRequest({ tables }: StoreContext, body: RequestBody) {
  assertModelled('CreateTable', body, createFields);
  const {
    TableName,
    AttributeDefinitions,
    KeySchema,
    GlobalSecondaryIndexes = [],
  } = body as unknown as CreateTableBody;
  if (tables.has(TableName)) throw new StoreError('ResourceInUseException', `Table already exists: ${TableName}`);

  const types = new Map(AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  const keys = readKeys(KeySchema, types);
  const indexes = GlobalSecondaryIndexes.map((index): [string, TableIndex] => [
    index.IndexName,
    { keys: readKeys(index.KeySchema, types), projection: readProjection(index) },
  ]);
  assertAllUsed(types, [keys, ...indexes.map(([, index]) => index.keys)]);

  const table = createTable({
    name: TableName,
    keys,
    indexes: new Map(indexes),
    description: {
      TableName,
      TableStatus: 'ACTIVE',
      AttributeDefinitions,
      KeySchema,
      BillingModeSummary: { BillingMode: body['BillingMode'] },
      StreamSpecification: body['StreamSpecification'],
      ...(GlobalSecondaryIndexes.length > 0 && {
        GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({ ...index, IndexStatus: 'ACTIVE' })),
      }),
    },
  });
  tables.set(TableName, table);
  return { TableDescription: table.description };
}

/** DescribeTable. */
export function describeTableRequest(context: StoreContext, body: RequestBody) {
  assertModelled('DescribeTable', body, ['TableName']);
  const table = tableOf(context, body['TableName']);

  return { Table: { ...table.description, ItemCount: countOf(table) } };
}

/** DescribeTimeToLive. */
export function describeTimeToLiveRequest(context: StoreContext, body: RequestBody) {
  assertModelled('DescribeTimeToLive', body, ['TableName']);
  const { timeToLive } = tableOf(context, body['TableName']);

  return {
    TimeToLiveDescription: timeToLive
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.AttributeName }
      : { TimeToLiveStatus: 'DISABLED' },
  };
}

/** UpdateTimeToLive: enables it. Nothing expires: DynamoDB may take days, and no rule may depend on it. */
export function updateTimeToLiveRequest(context: StoreContext, body: RequestBody) {
  assertModelled('UpdateTimeToLive', body, ['TableName', 'TimeToLiveSpecification']);
  const table = tableOf(context, body['TableName']);
  const specification = body['TimeToLiveSpecification'] as TimeToLiveSpecification;
  if (!specification.Enabled) throw new NotModelledError('Only enabling time to live is modelled');
  if (table.timeToLive) throw validationError('TimeToLive is already enabled');
  table.timeToLive = specification;

  return { TimeToLiveSpecification: specification };
}

/** DeleteTable: the table is gone at once. */
export function deleteTableRequest(context: StoreContext, body: RequestBody) {
  assertModelled('DeleteTable', body, ['TableName']);
  const table = tableOf(context, body['TableName']);
  context.tables.delete(table.name);

  return { TableDescription: { ...table.description, TableStatus: 'DELETING' } };
}

const countOf = (table: Table): number => [...table.all()].length;

function readKeys(elements: readonly KeyElement[], types: ReadonlyMap<string, string>): KeySchema {
  const attributes = elements.map(({ AttributeName, KeyType }) => {
    const type = types.get(AttributeName);
    if (type === undefined) throw validationError(`The key attribute ${AttributeName} is not defined`);
    return { name: AttributeName, type, role: KeyType };
  });
  const [partition, sort, ...others] = attributes;
  const isKnown = partition?.role === 'HASH' && (sort?.role ?? 'RANGE') === 'RANGE' && others.length === 0;
  if (!isKnown) throw new NotModelledError('Only a partition key with at most one sort key is modelled');

  return sort ? { partition, sort } : { partition };
}

function readProjection({ Projection: { ProjectionType } }: IndexBody): TableIndex['projection'] {
  if (ProjectionType === 'ALL' || ProjectionType === 'KEYS_ONLY') return ProjectionType;

  throw new NotModelledError(`The projection ${ProjectionType} is not modelled`);
}

function assertAllUsed(types: ReadonlyMap<string, string>, schemas: readonly KeySchema[]): void {
  const used = new Set(schemas.flatMap(keyAttributes).map(({ name }) => name));
  if ([...types.keys()].some((name) => !used.has(name))) {
    throw validationError('Some AttributeDefinitions are not used as a key');
  }
}
