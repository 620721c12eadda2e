import { isDeepStrictEqual } from 'node:util';
import { fromAssetItem, toAssetItem } from '@cnop/entities-inventory/table';
import { makeAsset } from '@cnop/entities-inventory/testing';
import { fromOrderItem, orderGuardOf, toOrderItem } from '@cnop/entities-order/table';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import * as users from '@cnop/entities-user/table';
import { makeBalance, makeTransaction, makeUser } from '@cnop/entities-user/testing';
import fc from 'fast-check';
import { hostileValues } from '../../src/hostile-values.ts';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import type { Fuzzed } from './fuzzed.ts';
import { kindProblem } from './kind-problem.ts';

type RawItem = Record<string, unknown>;

interface ItemReader {
  readonly name: string;
  readonly read: (item: RawItem) => object;
  /** Stored with every attribute that it may have. */
  readonly item: RawItem;
}

const at = '2026-01-02T03:04:05.678Z';
const stamp = { requestHash: 'h-1', writeId: 'w-1' };
const user = users.toUserItem(makeUser({ phone: '+12025550123', dateOfBirth: '2000-02-29' }), {
  passwordHash: '$argon2id$',
  writeId: 'w-1',
  createKey: 'k-1',
  createHash: 'h-1',
});
const claim = {
  username: 'ann',
  actor: 'root',
  key: 'a#1',
  requestHash: 'h-1',
  transactionId: '01JGKX3V5W8Z9Y7T6S4R2Q1P0N',
  status: 'REFUSED',
  refusalCode: 'BALANCE_FROZEN',
  refusalDetails: '{}',
  createdAt: at,
  writeId: 'w-1',
} as const;
const fill = { priceMinor: 5n, priceScale: 2, quantityMinor: 3n, quantityScale: 0, side: 'BUY' } as const;
const entry = makeTransaction({ orderId: 'o-1', fill, description: 'x', actor: 'root', idempotencyKey: 'k-1' });
const order = toOrderItem(
  makeOrder({
    clientOrderId: 'a-1',
    limitPriceMinor: 1n,
    maxPriceMinor: 2n,
    minPriceMinor: 3n,
    priceAsOf: at,
    priceSource: 'feed',
    fills: [makeFill()],
    heldMinor: 4n,
    holdTransactionId: 't-1',
    releaseTransactionId: 't-2',
    refundTransactionId: 't-3',
    failureCode: 'PRICE_STALE',
    note: 'by phone',
    metadata: { desk: 'north' },
  }),
  stamp,
);

const session = users.toSessionItem({
  username: 'ann',
  familyId: 'AAAA',
  sessionEpoch: 1,
  tokenHash: 'h-2',
  previousTokenHash: 'h-1',
  successorSeed: 's-1',
  rotations: 1,
  rotatedAt: at,
  expiresAt: at,
  idleExpiresAt: at,
  revokedAt: at,
  revokedFor: 'REUSE',
  createdAt: at,
  writeId: 'w-1',
});
const login = {
  ...users.loginKey('ann'),
  ...users.loginAttributes({
    name: 'n-1',
    sources: [{ source: 's-1', failures: 2, lastAt: at, knownUntil: at }],
    strangersFreeAt: at,
    version: 3,
  }),
  version: 3,
  updatedAt: at,
  writeId: 'w-1',
  ttl: 1_767_323_045,
};

const readers: readonly ItemReader[] = [
  { name: 'fromUserItem', read: users.fromUserItem, item: user },
  { name: 'userItemExtras', read: users.userItemExtras, item: user },
  { name: 'fromBalanceItem', read: users.fromBalanceItem, item: users.toBalanceItem(makeBalance()) },
  { name: 'fromTransactionItem', read: users.fromTransactionItem, item: users.toTransactionItem(entry, stamp) },
  { name: 'fromSessionItem', read: users.fromSessionItem, item: session },
  { name: 'fromLoginItem', read: users.fromLoginItem, item: login },
  { name: 'fromClaimItem', read: users.fromClaimItem, item: users.toClaimItem(claim) },
  {
    name: 'fromEmailClaimItem',
    read: users.fromEmailClaimItem,
    item: users.toEmailClaimItem({ email: 'a@example.com', username: 'ann', createdAt: at, writeId: 'w-1' }),
  },
  { name: 'fromOrderItem', read: fromOrderItem, item: order },
  { name: 'orderGuardOf', read: orderGuardOf, item: order },
  { name: 'fromAssetItem', read: fromAssetItem, item: toAssetItem(makeAsset({ description: 'A share.' }), stamp) },
];

/** What is wrong with how a reader takes a damaged item, as a sentence. */
function damageProblem({ read, item }: ItemReader, damaged: unknown, property: unknown): string | undefined {
  let value: object;
  try {
    value = read(damaged as RawItem);
  } catch (error) {
    return isClear(error) ? undefined : `it throws ${String(error)}`;
  }
  const whole = read(item);
  const changed = Object.keys({ ...value, ...whole }).filter(
    (name) => !isDeepStrictEqual(value[name as keyof typeof value], whole[name as keyof typeof whole]),
  );
  if (!isKey(property) && changed.some((name) => name !== property)) return `it changes ${changed.join()}`;

  return kindProblem(value, whole);
}

const isKey = (property: unknown): boolean => property === 'pk' || property === 'sk' || property === undefined;

const isClear = (error: unknown): boolean => error instanceof Error && /^Malformed [a-z ]+ item/.test(error.message);

/** Readers of stored items. */
export const itemReaders: readonly Fuzzed[] = readers.flatMap((reader) => [
  {
    name: reader.name,
    promise: 'names a damaged attribute, or reads it as what it is and all others as they were',
    check: () => {
      fc.assert(
        fc.property(spoil(reader.item), ({ value, property }) => {
          fc.pre(typeof value === 'object' && value !== null);

          expect(damageProblem(reader, value, property)).toBeUndefined();
        }),
        runs(1_000),
      );
    },
  },
  {
    name: reader.name,
    promise: 'refuses an item of anything else',
    check: () => {
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...Object.keys(reader.item)), hostileValues), (item) => {
          expect(damageProblem(reader, item, undefined)).toBeUndefined();
        }),
        runs(100),
      );
    },
  },
]);
