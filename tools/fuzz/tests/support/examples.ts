import * as validation from '@cnop/validation';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { makeTransaction } from '@cnop/entities-ledger/testing';
import * as z from 'zod';
import { librariesOf } from './libraries.ts';

/** What several examples have. */
export const at = '2026-01-02T03:04:05.678Z';
export const orderId = '0190a5f2-7c1e-7b3a-9d4e-1f2a3b4c5d6e';
export const transactionId = '01JGKX3V5W8Z9Y7T6S4R2Q1P0N';
export const metadata = { desk: 'north', 'ref.no': '17' };
const movement = { owner: 'ann', code: 'USD', amountMinor: 100n, description: 'x' };

/** Valid inputs of the schemas of single fields, and of those with rules between fields; the examples of all others are derived. */
const known: Readonly<Record<string, readonly unknown[]>> = {
  assetIdSchema: ['AAPL'],
  balanceCodeSchema: ['USD', 'BTC'],
  currencyCodeSchema: ['EUR'],
  dateOfBirthSchema: ['2000-02-29'],
  decimalTextSchema: ['12.50', '0'],
  emailSchema: ['ann@example.com'],
  idempotencyKeySchema: ['deposit#1'],
  metadataSchema: [metadata],
  orderIdSchema: [orderId],
  ownerSchema: ['auth0|Ann'],
  pageSchema: [{ limit: '7', cursor: 'AAAA' }],
  passwordSchema: ['correct horse battery'],
  personNameSchema: ['Zoë O’Hara'],
  phoneSchema: ['+12025550123'],
  positiveDecimalTextSchema: ['0.00000001'],
  signedDecimalTextSchema: ['-12.50', '0'],
  timestampSchema: [at, '2026-01-02T03:04:05Z'],
  transactionIdSchema: [transactionId],
  usernameSchema: ['Ann.B-1'],
  wellFormedTextSchema: ['Zoë 😀'],

  balanceTransactionSchema: [makeTransaction({ description: 'x', actor: 'root', idempotencyKey: 'k-1' })],
  balanceTransactionCreateSchema: [
    { ...movement, transactionType: 'DEPOSIT', pending: true },
    { ...movement, transactionType: 'SYSTEM_ADJUSTMENT', code: 'BTC', scale: 8, idempotencyKey: 'k-1', actor: 'root' },
    { owner: 'ann', code: 'USD', transactionType: 'WITHDRAW', amount: '1.50', note: 'by phone', metadata },
  ],
  exchangeRateSchema: [
    {
      ...{ base: 'EUR', quote: 'USD', rateScale: 4, midMinor: 11_000n, bidMinor: 10_995n, askMinor: 11_005n },
      ...{ asOf: at, source: 'bank', kind: 'tradable', version: 1 },
    },
  ],
  orderCreateSchema: [
    { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '2', maxPrice: '9.99', clientOrderId: 'a-1' },
    { orderType: 'MARKET_SELL', assetId: 'AAPL', quantity: '2', minPrice: '9.99' },
    { orderType: 'LIMIT_BUY', assetId: 'AAPL', quantity: '2.5', limitPrice: '10' },
  ],
  orderAmendmentSchema: [
    {
      quantity: '3',
      limitPrice: '1',
      stopPrice: '2',
      stopLimitPrice: '3',
      maxPrice: '4',
      expiresAt: at,
      expectedVersion: 2,
    },
    { trailAmount: '0.5' },
    { trailPercent: '1.25' },
  ],
  transferCreateSchema: [
    { from: 'ann', to: 'bob', code: 'USD', amount: '1.50', note: 'by phone', metadata, idempotencyKey: 'k-1' },
    { from: 'ann', to: 'bob', code: 'BTC', scale: 8, amountMinor: 100n, description: 'x', actor: 'root' },
  ],
  orderDraftSchema: [makeOrderDraft({ note: 'by phone', metadata, clientOrderId: 'a-1' })],
};

/** Every schema that `validation` and the entities export, by library. */
export const schemas = [['validation', validation] as const, ...librariesOf('entities')].flatMap(
  ([library, exported]) =>
    Object.entries(exported).flatMap(([name, schema]) =>
      schema instanceof z.ZodType ? [{ library, name, schema }] : [],
    ),
);
const nameOf = new Map(schemas.map(({ schema, name }) => [schema, name]));

/** Valid inputs of a schema, with all the optional fields there are: what is spoiled lies in or beside these. */
export const examplesOf = (schema: z.ZodType): readonly unknown[] =>
  known[nameOf.get(schema) ?? ''] ?? [derived(schema)];

/** The first valid input of the schema of that name. */
export const exampleOf = (name: string): unknown => {
  const found = schemas.find((each) => each.name === name);
  return found && examplesOf(found.schema)[0];
};

interface Def {
  readonly type: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element: z.ZodType;
  readonly in: z.ZodType;
  readonly out: z.ZodType;
  readonly options: readonly z.ZodType[];
  readonly entries: Readonly<Record<string, unknown>>;
  readonly values: readonly unknown[];
}

const plain: Readonly<Record<string, unknown>> = { bigint: 12n, boolean: true, number: 2, record: metadata };

function derived(schema: z.ZodType): unknown {
  const def = schema.def as unknown as Def;
  const of = (inner: z.ZodType): unknown => examplesOf(inner)[0];

  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, of(field)]));
    case 'array':
      return [of(def.element)];
    case 'union':
      return of(def.options[0]!);
    case 'enum':
      return Object.values(def.entries)[0];
    case 'literal':
      return def.values[0];
    case 'pipe':
      return of(def.in.def.type === 'transform' ? def.out : def.in);
    case 'string':
      return ['example', '1', at].find((text) => schema.safeParse(text).success);
    default:
      return def.innerType ? of(def.innerType) : plain[def.type];
  }
}
