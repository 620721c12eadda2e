import {
  BatchGetItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { normalizeNumber } from '../../src/store/decimal.ts';
import type { RandomRequest } from './random-requests.ts';

type Body = Record<string, unknown>;

/** Makes the table that the random requests are for. */
export async function createRandomTable(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'owner', AttributeType: 'S' },
        { AttributeName: 'rank', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byOwner',
          KeySchema: [
            { AttributeName: 'owner', KeyType: 'HASH' },
            { AttributeName: 'rank', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
}

/** Deletes it. */
export const deleteRandomTable = async (client: DynamoDBClient, TableName: string) =>
  await client.send(new DeleteTableCommand({ TableName }));

/** The answer to a request in a form in which two backends can be compared: never the wording of a message. */
export async function answerTo(client: DynamoDBClient, TableName: string, request: RandomRequest): Promise<unknown> {
  try {
    return comparable(await send(client, TableName, request));
  } catch (error) {
    const { name, Item, CancellationReasons, $metadata } = error as {
      name: string;
      Item?: Body;
      CancellationReasons?: { Code?: string; Item?: Body }[];
      $metadata?: { httpStatusCode?: number };
    };
    if ($metadata?.httpStatusCode === undefined) throw error;
    // DynamoDB itself says which action of a transaction is invalid, DynamoDB Local refuses the whole.
    const isInvalid = CancellationReasons?.some(({ Code }) => Code === 'ValidationError');
    if (name === 'ValidationException' || isInvalid) return 'invalid';
    return comparable({
      error: name,
      Item: notEmpty(Item),
      reasons: CancellationReasons?.map((reason) => ({ Code: reason.Code ?? 'None', Item: notEmpty(reason.Item) })),
    });
  }
}

/** Emulators give an empty map where there was no item. */
const notEmpty = (item: Body | undefined) => (item && Object.keys(item).length > 0 ? item : undefined);

async function send(client: DynamoDBClient, TableName: string, { operation, input }: RandomRequest): Promise<unknown> {
  const body = { TableName, ...input } as never;

  switch (operation) {
    case 'GetItem':
      return pick(await client.send(new GetItemCommand(body)), 'Item');
    case 'PutItem':
      return pick(await client.send(new PutItemCommand(body)), 'Attributes');
    case 'UpdateItem':
      return updated(await client.send(new UpdateItemCommand(body)), input);
    case 'DeleteItem':
      return pick(await client.send(new DeleteItemCommand(body)), 'Attributes');
    case 'Query':
      return await allPages((ExclusiveStartKey) =>
        client.send(new QueryCommand({ ...(body as Body), ExclusiveStartKey } as never)),
      );
    case 'Scan':
      return await wholeScan(client, body);
    case 'BatchGetItem': {
      const { Responses } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [TableName]: input as never } }),
      );
      return sorted(Responses?.[TableName] ?? []);
    }
    case 'TransactGetItems': {
      const TransactItems = (input['Keys'] as Body[]).map((Key) => ({ Get: { TableName, Key } }));
      const { Responses } = await client.send(new TransactGetItemsCommand({ TransactItems } as never));
      return Responses?.map(({ Item }) => notEmpty(Item));
    }
    case 'TransactWriteItems': {
      const TransactItems = (input['TransactItems'] as Record<string, Body>[]).map((action) =>
        Object.fromEntries(Object.entries(action).map(([kind, write]) => [kind, { TableName, ...write }])),
      );
      // A backend remembers tokens across tables.
      const ClientRequestToken =
        input['ClientRequestToken'] && `${TableName.slice(-28)}${input['ClientRequestToken'] as string}`;
      await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken } as never));
      return 'done';
    }
  }
}

const pick = (output: object, field: string): unknown => ({
  [field]: notEmpty((output as Record<string, Body | undefined>)[field]),
});

/**
 * Of an item that was not there before, dynoxide returns the key as its old attributes. Where a part of an attribute was updated, each
 * emulator has its own mind about what to return of it: what it came to is compared when it is read.
 */
function updated({ Attributes = {} }: UpdateItemCommandOutput, input: RandomRequest['input']): unknown {
  const returnsParts = /^UPDATED/.test(String(input['ReturnValues'])) && /[.[]/.test(String(input['UpdateExpression']));

  return returnsParts || Object.keys(Attributes).every((name) => name === 'pk' || name === 'sk') ? {} : { Attributes };
}

interface Page {
  readonly Items?: Body[] | undefined;
  readonly Count?: number | undefined;
  readonly ScannedCount?: number | undefined;
  readonly LastEvaluatedKey?: Body | undefined;
}

/** Every page of a query, to the end. */
async function allPages(sendPage: (startKey: Body | undefined) => Promise<Page>): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let startKey: Body | undefined;

  do {
    const { Items, Count, ScannedCount, LastEvaluatedKey } = await sendPage(startKey);
    pages.push({ Items, Count, ScannedCount, LastEvaluatedKey });
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined);
  return withoutEmptyEnd(pages);
}

/** DynamoDB Local may know that a page which its limit ends is the last; DynamoDB itself does not look. */
function withoutEmptyEnd(pages: readonly Page[]): readonly Page[] {
  const last = pages.at(-2);
  if (!last || pages.at(-1)?.ScannedCount !== 0) return pages;

  return [...pages.slice(0, -2), { ...last, LastEvaluatedKey: undefined }];
}

/** All segments of a scan together, in an order of ours: hashes are every backend's own. */
async function wholeScan(client: DynamoDBClient, body: Body): Promise<unknown[]> {
  const total = Number(body['TotalSegments']);
  const items: unknown[] = [];

  for (let Segment = 0; Segment < total; Segment += 1) {
    const pages = await allPages((ExclusiveStartKey) =>
      client.send(new ScanCommand({ ...body, Segment, ExclusiveStartKey } as never)),
    );
    items.push(...pages.flatMap(({ Items = [] }) => Items));
  }
  return sorted(items);
}

const sorted = (items: readonly unknown[]): unknown[] =>
  items.map(comparable).toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

/** Numbers in one form, sets and names in one order, nothing that is undefined. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;

  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'N') return { N: normalizeNumber(String(first[1])) };
  if (entries.length === 1 && first?.[0] === 'NS')
    return { NS: (first[1] as string[]).map(normalizeNumber).toSorted() };
  if (entries.length === 1 && first?.[0] === 'SS') return { SS: (first[1] as string[]).toSorted() };

  return Object.fromEntries(
    entries.toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([name, part]) => [name, comparable(part)]),
  );
}
