import { deleteTables, describeTables, ensureTables } from '@cnop/database-core';
import type { TableShape } from '@cnop/utils';
import { answerError, answerWith, loseResponse } from '@cnop/testing';
import { putItem } from '../support/purchase.ts';
import { openTestDatabase, thingsShape } from '../support/test-database.ts';

const bareShape: TableShape = { name: 'bare', partitionKey: { name: 'id', type: 'N' }, indexes: [] };
const [byOwner, byKind] = thingsShape.indexes as [(typeof thingsShape.indexes)[0], (typeof thingsShape.indexes)[0]];
const described = (TableStatus: string, IndexStatus = 'ACTIVE') =>
  answerWith({
    Table: {
      TableStatus,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'i',
          IndexStatus,
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
  });
const indexed: TableShape = {
  ...bareShape,
  indexes: [{ name: 'i', partitionKey: { name: 'id', type: 'N' }, projection: 'ALL' }],
};

function setup() {
  const tables = { things: `things-${crypto.randomUUID()}`, bare: `bare-${crypto.randomUUID()}` };
  const test = openTestDatabase({ tables });

  opened.push(test);
  return { ...test, tables };
}
const opened: ReturnType<typeof openTestDatabase>[] = [];

afterEach(async () => {
  for (const { database } of opened.splice(0)) {
    await deleteTables(database, [thingsShape, bareShape]);
    database.close();
  }
});

describe(ensureTables, () => {
  it('creates what is missing, ready for use', async () => {
    const { database, tables } = setup();

    await ensureTables(database, [thingsShape, bareShape]);

    expect(await describeTables(database, [thingsShape, bareShape])).toEqual([
      {
        logicalName: 'things',
        tableName: tables.things,
        status: 'ACTIVE',
        itemCount: 0,
        sizeBytes: 0,
        indexes: expect.arrayContaining([
          { name: 'byOwner', status: 'ACTIVE', itemCount: 0 },
          { name: 'byKind', status: 'ACTIVE', itemCount: 0 },
        ]) as unknown,
      },
      { logicalName: 'bare', tableName: tables.bare, status: 'ACTIVE', itemCount: 0, sizeBytes: 0, indexes: [] },
    ]);
  });

  it('asks for on-demand capacity and for no attribute but keys', async () => {
    const { database, http } = setup();

    await ensureTables(database, [thingsShape]);

    const [body] = http.bodiesOf('CreateTable');
    expect(JSON.parse(body!)).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'owner', AttributeType: 'S' },
        { AttributeName: 'rank', AttributeType: 'N' },
        { AttributeName: 'kind', AttributeType: 'S' },
      ],
    });
  });

  it('leaves a table that is there as it is', async () => {
    const { database, http } = setup();
    await ensureTables(database, [thingsShape]);
    await putItem(database, { pk: 'kept', sk: 'kept' });

    await ensureTables(database, [thingsShape]);

    expect(http.bodiesOf('CreateTable')).toHaveLength(1);
    expect(await describeTables(database, [thingsShape])).toMatchObject([{ itemCount: 1 }]);
  });

  it('may run in many processes at once', async () => {
    const { database, tables } = setup();
    const others = Array.from({ length: 8 }, () => openTestDatabase({ tables }).database);

    await Promise.all([database, ...others].map((each) => ensureTables(each, [thingsShape, bareShape])));

    expect(await describeTables(database, [thingsShape, bareShape])).toMatchObject([
      { status: 'ACTIVE' },
      { status: 'ACTIVE' },
    ]);
    for (const other of others) other.close();
  });

  it('takes a table although the response to its creation is lost', async () => {
    const { database, http } = setup();
    http.script('CreateTable', loseResponse());

    await ensureTables(database, [bareShape]);

    expect(await describeTables(database, [bareShape])).toMatchObject([{ status: 'ACTIVE' }]);
  });

  it.each<[string, string, Partial<TableShape>]>([
    ['another partition key', 'primary key', { partitionKey: { name: 'other', type: 'S' } }],
    ['another type of a key', 'primary key', { sortKey: { name: 'sk', type: 'N' } }],
    ['no sort key', 'primary key', { sortKey: undefined }],
    ['a missing index', 'lacks the index byMood', { indexes: [...thingsShape.indexes, { ...byKind, name: 'byMood' }] }],
    ['an index that is not declared', 'has the index byKind', { indexes: [byOwner] }],
    [
      'another key of an index',
      'has the index byKind',
      { indexes: [byOwner, { ...byKind, sortKey: byOwner.sortKey }] },
    ],
    ['another projection', 'has the index byKind', { indexes: [byOwner, { ...byKind, projection: 'ALL' }] }],
  ])('refuses a table with %s', async (_, difference, declared) => {
    const { database, tables } = setup();
    await ensureTables(database, [thingsShape]);

    const ensured = ensureTables(database, [{ ...thingsShape, ...declared }]);

    await expect(ensured).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: {
        settings: [{ setting: `table ${tables.things}`, rule: expect.stringContaining(difference) as unknown }],
      },
    });
  });

  it('waits until the table and its indexes can be used', async () => {
    const { database, http, waitsMs } = setup();
    http.script(
      'DescribeTable',
      described('CREATING'),
      described('CREATING'),
      described('ACTIVE', 'CREATING'),
      described('UPDATING', 'CREATING'),
      described('UPDATING', 'UPDATING'),
    );

    await ensureTables(database, [indexed]);

    expect(waitsMs).toEqual([50, 100, 200]);
    expect(http.bodiesOf('CreateTable')).toHaveLength(0);
  });

  it('waits until a table of that name is deleted before it creates it', async () => {
    const { database, http } = setup();
    http.script('DescribeTable', described('DELETING'), described('DELETING'));

    await ensureTables(database, [bareShape]);

    expect(http.bodiesOf('CreateTable')).toHaveLength(1);
  });

  it('gives up on a table that does not get ready', async () => {
    const { database, http } = setup();
    http.script('DescribeTable', ...Array.from({ length: 200 }, () => described('CREATING')));

    await expect(ensureTables(database, [indexed])).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    http.heal();
  });

  it('reports a database that refuses', async () => {
    const { database, http } = setup();
    http.script('CreateTable', answerError('AccessDeniedException'));

    await expect(ensureTables(database, [bareShape])).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });

  it('names a table that the deployment did not name', async () => {
    const { database } = setup();

    const ensured = ensureTables(database, [{ ...bareShape, name: 'unnamed' }]);

    await expect(ensured).rejects.toMatchObject({ details: { settings: [{ setting: 'tables.unnamed' }] } });
  });
});

describe(describeTables, () => {
  it('has nothing to say of a table that does not exist', async () => {
    const { database } = setup();
    await ensureTables(database, [bareShape]);

    expect(await describeTables(database, [thingsShape, bareShape])).toEqual([
      undefined,
      expect.objectContaining({ logicalName: 'bare' }),
    ]);
  });

  it('reports a database that refuses', async () => {
    const { database, http } = setup();
    http.script('DescribeTable', answerError('AccessDeniedException'));

    await expect(describeTables(database, [bareShape])).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });
});

describe(deleteTables, () => {
  it('deletes the tables with what is in them', async () => {
    const { database } = setup();
    await ensureTables(database, [thingsShape, bareShape]);

    await deleteTables(database, [thingsShape, bareShape]);

    expect(await describeTables(database, [thingsShape, bareShape])).toEqual([undefined, undefined]);
  });

  it('is content with a table that does not exist', async () => {
    const { database } = setup();

    await expect(deleteTables(database, [thingsShape])).resolves.toBeUndefined();
  });

  it('waits for a table that is still being created and for one that another process deletes', async () => {
    const { database, http } = setup();
    http.script('DescribeTable', described('CREATING'), described('ACTIVE'), described('DELETING'));
    http.script('DeleteTable', answerError('ResourceInUseException'));

    await deleteTables(database, [bareShape]);

    expect(http.bodiesOf('DescribeTable')).toHaveLength(4);
    expect(http.bodiesOf('DeleteTable')).toHaveLength(1);
  });

  it('reports a table that is protected', async () => {
    const { database, http } = setup();
    http.script('DeleteTable', answerError('ValidationException'));

    await expect(deleteTables(database, [bareShape])).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });
});
