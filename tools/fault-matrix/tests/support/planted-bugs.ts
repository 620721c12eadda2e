import { DatabaseUnavailableError, isDomainError } from '@cnop/exceptions';
import { ledgerErrors } from '@cnop/entities-ledger';
import type { SdkRequest, SdkRequestHandler } from '@cnop/testing';
import type { MatrixOptions } from '../../src/run-matrix.ts';
import type { Services } from '../../src/services.ts';

/** A bug that a library may have, the row that is to show it, and what is to be said of it. */
export interface PlantedBug extends Pick<MatrixOptions, 'alter' | 'tamper'> {
  readonly row: string;
  readonly under: string;
  readonly problem: string;
}

type Balances = Services['balances'];

/** The same services, but for how balances are moved. */
const moving =
  (createTransaction: (balances: Balances, create: Parameters<Balances['createTransaction']>[0]) => unknown) =>
  (services: Services): Services => {
    const { balances } = services;
    const altered = new Proxy(balances, {
      get: (_, name) => {
        if (name === 'createTransaction') return createTransaction.bind(undefined, balances);
        const method = Reflect.get(balances, name) as (...args: unknown[]) => unknown;
        return method.bind(balances);
      },
    });
    return { ...services, balances: altered };
  };

const isUnknown = (error: unknown) => isDomainError(error) && error.code === 'OUTCOME_UNKNOWN';

/** A connection that alters the requests of one operation, or answers them itself. */
const intercepting =
  (
    target: string,
    intercept: (request: SdkRequest, connection: SdkRequestHandler) => ReturnType<SdkRequestHandler['handle']>,
  ) =>
  (connection: SdkRequestHandler): SdkRequestHandler => ({
    ...connection,
    handle: (request, options) =>
      request.headers['x-amz-target']?.endsWith(`.${target}`)
        ? intercept(request, connection)
        : connection.handle(request, options),
  });

const textOf = ({ body }: SdkRequest) => new TextDecoder().decode(body as Uint8Array);

/** The request without the condition of the put that claims a key, and without what only that needed. */
function unconditionalClaim(request: SdkRequest): SdkRequest {
  const body = JSON.parse(textOf(request)) as { TransactItems: { Put?: Record<string, unknown> }[] };
  const TransactItems = body.TransactItems.map((action) => {
    if (!JSON.stringify(action.Put?.['Item'] ?? '').includes('KEY#')) return action;
    const { TableName, Item } = action.Put ?? {};
    return { Put: { TableName, Item } };
  });
  const text = JSON.stringify({ ...body, TransactItems });
  const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(text)) };
  const copy = Object.create(Object.getPrototypeOf(request) as object) as SdkRequest;
  return Object.assign(copy, request, { headers, body: text });
}

/** What DynamoDB answers to a put that it has carried out. */
const done = () =>
  Promise.resolve({
    response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: Buffer.from('{}') },
  });

/** Bugs that a ledger may have, by what they are. */
export const plantedBugs: Readonly<Record<string, PlantedBug>> = {
  'an unknown outcome is called a failure': {
    row: 'deposit, keyed',
    under: 'for good',
    problem: 'failed (DATABASE_UNAVAILABLE) for certain, and its effect was there',
    alter: moving((balances, create) =>
      balances.createTransaction(create).catch((error: unknown) => {
        throw isUnknown(error) ? new DatabaseUnavailableError({}) : error;
      }),
    ),
  },
  'an unknown outcome is called a success': {
    row: 'deposit, keyed',
    under: 'for good',
    problem: 'the call answered, and its effect was not there',
    alter: moving(async (balances, create) => {
      const { items } = await balances.getUserTransactions({ owner: create.owner });
      return await balances.createTransaction(create).catch((error: unknown) => {
        if (!isUnknown(error)) throw error;
        return { transaction: items[0], replayed: false };
      });
    }),
  },
  'an unknown outcome is tried again under another key': {
    row: 'deposit, keyed',
    under: 'for good',
    problem: 'other than never or once',
    alter: moving((balances, create) =>
      balances.createTransaction(create).catch((error: unknown) => {
        if (!isUnknown(error)) throw error;
        return balances.createTransaction({ ...create, idempotencyKey: 'k-2' });
      }),
    ),
  },
  'every deposit is made twice': {
    row: 'deposit, keyless',
    under: 'at the only attempt',
    problem: 'half of it or more than that was there: - USD available 1250',
    alter: moving(async (balances, create) => {
      await balances.createTransaction(create);
      return await balances.createTransaction(create);
    }),
  },
  'a replay is told as new': {
    row: 'withdraw, keyed',
    under: 'at the only attempt',
    problem: 'the repeat answered as new, and it was there before',
    alter: moving(async (balances, create) => ({ ...(await balances.createTransaction(create)), replayed: false })),
  },
  'a busy store is told as a lack of funds': {
    row: 'withdraw, keyed',
    under: 'for good',
    problem: 'the call was refused (BALANCE_INSUFFICIENT), although nothing stood against it',
    alter: moving((balances, create) =>
      balances.createTransaction(create).catch((error: unknown) => {
        if (!isDomainError(error) || error.code !== 'CONTENTION') throw error;
        throw new ledgerErrors.InsufficientFundsError({ code: 'USD', available: '0.00', required: '1.00' });
      }),
    ),
  },
  'everything is called unknown': {
    row: 'withdraw, keyed',
    under: 'at the only attempt',
    problem: 'OUTCOME_UNKNOWN, although nothing leaves it in doubt',
    tamper: intercepting('TransactWriteItems', () => Promise.reject(new Error('socket hang up'))),
  },
  'a key is claimed whoever has it': {
    row: 'deposit, keyed',
    under: 'in passing',
    problem: 'other than never or once',
    tamper: intercepting('TransactWriteItems', (request, connection) => connection.handle(unconditionalClaim(request))),
  },
  'a fence is not written': {
    row: 'withdraw too much, funds come later, keyed',
    under: 'while the first request is late',
    problem: 'the call was refused (BALANCE_INSUFFICIENT), and its effect came afterwards',
    tamper: intercepting('PutItem', done),
  },
};
