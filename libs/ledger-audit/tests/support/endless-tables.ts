import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { HttpAnswer } from './watched-http.ts';

type RequestHandler = DynamoDBClient['config']['requestHandler'];

export interface EndlessTablesOptions {
  readonly pages: number;
  readonly itemsPerPage: number;
  /** Called before each page of the orders table, and of the journal. */
  onPage(page: number): void;
}

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface Body {
  readonly TableName?: string;
  readonly ExclusiveStartKey?: { readonly pk: { readonly S: string } };
  readonly RequestItems?: Readonly<
    Record<string, { readonly Keys: readonly { readonly pk: { readonly S: string } }[] }>
  >;
}

const at = { S: '2026-01-05T09:30:00.000Z' };
const number = (value: number) => ({ N: value.toString() });

/**
 * A DynamoDB in name only, for tables too large to fill in a test: one owner with any number of payments, each of an order of its own,
 * and those orders. The balance is what they come to.
 */
export function createEndlessTables({ pages, itemsPerPage, onPage }: EndlessTablesOptions): {
  readonly requestHandler: RequestHandler;
} {
  const count = pages * itemsPerPage;

  const page = (body: Body, makeItem: (index: number) => object) => {
    const start = Number(body.ExclusiveStartKey?.pk.S ?? 0);
    onPage(start / itemsPerPage);
    const next = start + itemsPerPage;

    return {
      Items: Array.from({ length: itemsPerPage }, (_, index) => makeItem(start + index)),
      ...(next < count && { LastEvaluatedKey: { pk: { S: next.toString() }, sk: { S: '-' } } }),
    };
  };
  const balances = [
    makeBalance('AAPL', { available: count, deposited: 0 }),
    makeBalance('USD', { available: 0, deposited: 10 * count }),
  ];

  const answer = (operation: string, body: Body): object => {
    if (operation === 'Scan') {
      return body.TableName === 'ledger' ? { Items: [{ pk: { S: 'OWNER#ada' } }] } : page(body, makeOrder);
    }
    if (operation === 'Query') {
      const { Items, ...rest } = page(body, makePayment);
      const isFirst = body.ExclusiveStartKey === undefined;
      return { Items: isFirst ? [...balances, makeDeposit(10 * count), ...Items] : Items, ...rest };
    }
    return { Responses: found(body), UnprocessedKeys: {} };
  };

  return {
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async ({ headers, body }: Request) => {
        const operation = headers['x-amz-target']!.split('.')[1]!;
        const content = JSON.stringify(answer(operation, JSON.parse(new TextDecoder().decode(body)) as Body));
        const response: HttpAnswer = {
          statusCode: 200,
          headers: { 'content-type': 'application/x-amz-json-1.0' },
          body: Buffer.from(content),
        };
        return { response };
      },
    },
  };
}

function found({ RequestItems = {} }: Body) {
  const [[table, { Keys }]] = Object.entries(RequestItems) as [
    [string, { Keys: { pk: { S: string }; sk: { S: string } }[] }],
  ];
  const items = Keys.map(({ pk, sk }) => (table === 'orders' ? makeOrder(indexOf(pk.S)) : makePayment(indexOf(sk.S))));

  return { [table]: items };
}

const idOf = (index: number): string => index.toString().padStart(26, '0');
const orderIdOf = (index: number): string => `00000000-0000-4000-8000-${index.toString().padStart(12, '0')}`;
const indexOf = (key: string): number => Number(key.split('#')[1]?.slice(-12));

function makeBalance(
  code: string,
  { available, deposited }: { readonly available: number; readonly deposited: number },
) {
  return {
    pk: { S: 'OWNER#ada' },
    sk: { S: `BALANCE#${code}` },
    scale: number(code === 'USD' ? 2 : 0),
    availableMinor: number(available),
    totalDepositedMinor: number(deposited),
    version: number(1),
    createdAt: at,
    updatedAt: at,
  };
}

const posting = (code: string, amount: number, scale: number) => ({
  M: { code: { S: code }, bucket: { S: 'available' }, amountMinor: number(amount), scale: number(scale) },
});

function makeDeposit(amount: number) {
  return {
    pk: { S: 'OWNER#ada' },
    sk: { S: 'TXN#7ZZZZZZZZZZZZZZZZZZZZZZZZZ' },
    transactionType: { S: 'DEPOSIT' },
    status: { S: 'COMPLETED' },
    postings: { L: [posting('USD', amount, 2)] },
    createdAt: at,
    updatedAt: at,
  };
}

function makePayment(index: number) {
  return {
    pk: { S: 'OWNER#ada' },
    sk: { S: `TXN#${idOf(index)}` },
    transactionType: { S: 'ORDER_PAYMENT' },
    status: { S: 'COMPLETED' },
    postings: { L: [posting('USD', -10, 2), posting('AAPL', 1, 0)] },
    orderId: { S: orderIdOf(index) },
    fill: {
      M: {
        priceMinor: number(10),
        priceScale: number(2),
        quantityMinor: number(1),
        quantityScale: number(0),
        side: { S: 'BUY' },
      },
    },
    createdAt: at,
    updatedAt: at,
  };
}

function makeOrder(index: number) {
  const fill = {
    transactionId: { S: idOf(index) },
    priceMinor: number(10),
    quantityMinor: number(1),
    notionalMinor: number(10),
    executedAt: at,
  };

  return {
    pk: { S: `ORDER#${orderIdOf(index)}` },
    sk: { S: 'ORDER' },
    owner: { S: 'ada' },
    orderType: { S: 'MARKET_BUY' },
    status: { S: 'COMPLETED' },
    assetId: { S: 'AAPL' },
    currency: { S: 'USD' },
    quantityMinor: number(1),
    quantityScale: number(0),
    priceScale: number(2),
    currencyScale: number(2),
    fills: { L: [{ M: fill }] },
    createdAt: at,
    updatedAt: at,
    version: number(1),
  };
}
