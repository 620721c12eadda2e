import { queryItems, readItems, type Database, type RawItem } from '@cnop/database-core';
import type { Asset } from '@cnop/entities-inventory';
import type { Balance, BalanceTransaction, Posting } from '@cnop/entities-ledger';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import {
  claimOfKey,
  codeOfKey,
  fromBalanceItem,
  fromClaimItem,
  fromTransactionItem,
  ownerPartition,
  transactionIdOfKey,
  type Claim,
} from '@cnop/entities-ledger/table';
import type { Order } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { User } from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
import {
  emailKey,
  familyIdOfKey,
  fromEmailClaimItem,
  fromSessionItem,
  fromUserItem,
  LOGIN_SORT_KEY,
  PROFILE_SORT_KEY,
  userItemExtras,
  userKey,
  type Session,
} from '@cnop/entities-user/table';
import { firstPassword, type World } from './world.ts';

/** One stored item, in one line. */
export interface Fact {
  /** What names it in the tables. */
  readonly id: string;
  /** Everything of it that may change. Ids, names and times are left out, so that it reads the same in every run. */
  readonly line: string;
  /** Whether it may be what a refusal left behind so that no late request takes effect: it moves nothing. */
  readonly isFence: boolean;
}

/** Reads what a world has in one place. */
export type FactReader = (world: World) => Promise<Fact[]>;

const factFrom = (id: string, parts: readonly (string | number | bigint | undefined)[], isFence = false): Fact => ({
  id,
  line: parts.filter((part) => part !== undefined).join(' '),
  isFence,
});

/** A user, balance, journal entry, order or asset as a fact, with all that a call may change of it. */
export function factOf(entity: object): Fact {
  if ('postings' in entity) return entryFact(entity as BalanceTransaction);
  if ('orderType' in entity) return orderFact(entity as Order);
  if ('availableMinor' in entity) return balanceFact(entity as Balance);
  if ('email' in entity) return userFact(entity as User);

  return itemFact('asset', (entity as Asset).assetId, entity);
}

/** An item with the usual attributes. */
export function itemFact(words: string, id: string, item: object): Fact {
  const { status, name, description, priceMinor, version } = item as Partial<Asset>;

  return factFrom(id, [words, status, name, description, priceMinor && `at ${priceMinor}`, `v${version}`]);
}

/** Of an email address its domain, which is the same in every run. */
const userFact = ({ username, status, role, email, firstName, phone, version }: User): Fact =>
  factFrom(username, ['user', status, role, domainOf(email), firstName, phone, `v${version}`]);

const domainOf = (email: string) => email.slice(email.indexOf('@') + 1);

/** What ends sessions, and the password. */
export function accessFact(username: string, sessionEpoch: number | undefined, passwordHash: string): Fact {
  const password = passwordHash === firstPassword.hash ? 'first password' : 'other password';

  return factFrom(`access of ${username}`, ['epoch', sessionEpoch ?? 0, password]);
}

/** A session, named by its valid token: a caller who was told another token was told nothing true. */
export const sessionFact = ({
  familyId,
  tokenHash,
  rotations,
  revokedFor,
}: Pick<Session, 'familyId' | 'tokenHash' | 'rotations' | 'revokedFor'>): Fact =>
  factFrom(`${familyId} ${tokenHash}`, ['session', 'rotated', rotations, revokedFor]);

function balanceFact({ owner, code, status, version, ...balance }: Balance): Fact {
  const { availableMinor, heldMinor, totalDepositedMinor, totalWithdrawnMinor } = balance;
  const amounts = `available ${availableMinor} held ${heldMinor} in ${totalDepositedMinor} out ${totalWithdrawnMinor}`;

  return factFrom(`${owner} ${code}`, [code, amounts, status, `v${version}`]);
}

const entryFact = ({ transactionId, transactionType, status, postings }: BalanceTransaction): Fact =>
  factFrom(transactionId, ['entry', transactionType, status, ...postings.map(postingText)], status === 'FAILED');

const postingText = ({ code, bucket, amountMinor }: Posting) =>
  `${code}${amountMinor < 0n ? '' : '+'}${amountMinor}${bucket === 'available' ? '' : ` ${bucket}`}`;

/** A claim on an idempotency key. */
export const claimFact = ({ key, status }: Claim): Fact => factFrom(key, ['key', key, status], status === 'REFUSED');

function orderFact({ orderId, orderType, status, version, ...order }: Order): Fact {
  const paid = order.fills.map(({ notionalMinor }) => `for ${notionalMinor}`);
  const refunded = order.refundTransactionId && 'refunded';
  const terms = [orderType, status, order.quantityMinor, order.assetId];
  const parts = ['order', ...terms, ...paid, refunded, order.note, `v${version}`];

  return factFrom(orderId, parts, status === 'FAILED');
}

/** The user, their password and sessions. Failed log-ins are no fact: one of unknown outcome may count twice, which is a longer wait. */
export const userFacts: FactReader = async ({ database, username }) =>
  (await itemsOf(database, usersTableShape.name, { value: userKey(username).pk })).flatMap((item) => {
    const sortKey = String(item['sk']);
    if (sortKey === LOGIN_SORT_KEY) return [];
    if (familyIdOfKey(sortKey) !== undefined) return [sessionFact(fromSessionItem(item))];
    if (sortKey !== PROFILE_SORT_KEY) return [unknownFact(sortKey)];

    const { sessionEpoch, passwordHash } = userItemExtras(item);
    return [userFact(fromUserItem(item)), accessFact(username, sessionEpoch, passwordHash)];
  });

/** The balances, journal and claims of the owner. */
const ledgerFacts: FactReader = async ({ database, owner }) =>
  (await itemsOf(database, ledgerTableShape.name, { value: ownerPartition(owner) })).map((item) => {
    const sortKey = String(item['sk']);
    if (codeOfKey(sortKey) !== undefined) return balanceFact(fromBalanceItem(item));
    if (transactionIdOfKey(sortKey) !== undefined) return entryFact(fromTransactionItem(item));

    return claimOfKey(sortKey) === undefined ? unknownFact(sortKey) : claimFact(fromClaimItem(item));
  });

const unknownFact = (sortKey: string) => factFrom(sortKey, [`unknown item: ${sortKey}`]);

/** All items of a table, or of an index of it, whose key attribute has that value. */
async function itemsOf(
  database: Database,
  TableName: string,
  { key = 'pk', value = '', index = '' },
): Promise<RawItem[]> {
  const items: RawItem[] = [];
  const query = {
    TableName: database.tableName(TableName),
    ...(index ? { IndexName: index } : { ConsistentRead: true }),
    KeyConditionExpression: '#key = :value',
    ExpressionAttributeNames: { '#key': key },
    ExpressionAttributeValues: { ':value': value },
  };
  for await (const item of queryItems(database, query)) items.push(item);

  return items;
}

/** The world's email addresses that are claimed. */
const emailFacts: FactReader = async ({ database, username, emails }) => {
  const tableName = database.tableName(usersTableShape.name);
  const items = await readItems(database, { tableName, keys: emails.map((email) => ({ ...emailKey(email) })) });

  return items.map(fromEmailClaimItem).map((claim) => {
    const claimedBy = claim.username === username ? undefined : 'of another user';
    return factFrom(claim.email, ['address', domainOf(claim.email), claimedBy]);
  });
};

/** The owner's orders. */
const orderFacts: FactReader = async ({ database, owner }) =>
  (await itemsOf(database, ordersTableShape.name, { index: 'byOwner', key: 'owner', value: owner })).map((item) =>
    orderFact(fromOrderItem(item)),
  );

const assetFacts: FactReader = async ({ assets, assetId }) => {
  const found = await assets.findAsset(assetId);
  return found ? [factOf(found)] : [];
};

/** Where the effects of a service's methods show. */
export const readersOf: Readonly<Record<string, readonly FactReader[]>> = {
  UserDao: [userFacts, emailFacts],
  SessionDao: [userFacts],
  BalanceDao: [ledgerFacts],
  OrderDao: [orderFacts],
  OrderFlow: [ledgerFacts, orderFacts],
  AssetDao: [assetFacts],
};
