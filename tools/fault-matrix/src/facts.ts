import { queryItems, readItems, type RawItem } from '@cnop/database-core';
import type { Asset } from '@cnop/entities-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { assetKey, decodeInventoryItem } from '@cnop/entities-inventory/table';
import type { Balance, BalanceTransaction, Posting } from '@cnop/entities-ledger';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { decodeLedgerItem, ownerPartition, type Claim } from '@cnop/entities-ledger/table';
import type { Order } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { User } from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
import {
  decodeUsersItem,
  emailKey,
  fromEmailClaimItem,
  userItemExtras,
  userKey,
  type Session,
} from '@cnop/entities-user/table';
import { withSilver } from './silver-name.ts';
import { firstPassword, inWorld, receiverOf, type World } from './world.ts';

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

/** A fact of the parts that there are, with the world's silver under its name. */
export const factFrom = (
  id: string,
  parts: readonly (string | number | bigint | undefined)[],
  isFence = false,
): Fact => ({
  id,
  line: withSilver(parts.filter((part) => part !== undefined).join(' ')),
  isFence,
});

/** What a call may return or store. */
export type Entity =
  | User
  | Pick<Session, 'familyId' | 'tokenHash' | 'rotations' | 'revokedFor'>
  | Balance
  | BalanceTransaction
  | Claim
  | Order
  | Asset;

/** An entity as a fact, with all that a call may change of it. */
export function factOf(entity: Entity): Fact {
  if ('postings' in entity) {
    const { transactionId, transactionType, status, postings } = entity;
    return factFrom(transactionId, ['entry', transactionType, status, ...postings.map(postingText)], isFailed(status));
  }
  if ('orderType' in entity) {
    const { orderId, status, note, version, parentOrderId } = entity;
    const word = parentOrderId === undefined ? 'order' : 'exit';
    return factFrom(orderId, [word, ...orderParts(entity), note, `v${version}`], isFailed(status));
  }
  if ('availableMinor' in entity) {
    const { owner, code, status, version, availableMinor, heldMinor, openOrders } = entity;
    const amounts = `available ${availableMinor} held ${heldMinor} by ${openOrders}`;
    const totals = `in ${entity.totalDepositedMinor} out ${entity.totalWithdrawnMinor}`;
    return factFrom(`${owner} ${code}`, [code, amounts, totals, status, `v${version}`]);
  }
  if ('email' in entity) {
    const { username, status, role, email, firstName, phone, version } = entity;
    return factFrom(username, ['user', status, role, domainOf(email), firstName, phone, `v${version}`]);
  }
  if ('familyId' in entity) {
    // Named by its valid token: a caller who was told another token was told nothing true.
    const { familyId, tokenHash, rotations, revokedFor } = entity;
    return factFrom(`${familyId} ${tokenHash}`, ['session rotated', rotations, revokedFor]);
  }
  if ('key' in entity) return factFrom(entity.key, ['key', entity.key, entity.status], entity.status === 'REFUSED');

  return itemFact('asset', entity.assetId, entity);
}

/** What an order is, has come to, and holds. */
function orderParts(order: Order): (string | bigint | undefined)[] {
  const { orderType, status, failureCode, quantityMinor, assetId, fills, heldMinor, exits = [] } = order;
  const paid = fills.map(({ notionalMinor }) => `for ${notionalMinor}`);
  const exited = exits.map((exit) => `exit of ${exit.quantityMinor}`);
  const isHeld = heldMinor > 0n;

  return [orderType, status, failureCode, quantityMinor, assetId, ...termParts(order), ...paid, ...exited].concat(
    order.refundTransactionId && 'refunded',
    order.setAsideCode && `aside ${order.setAsideCode}`,
    order.endRequested && `ending ${order.endRequested.status}`,
    isHeld ? `holds ${heldMinor}` : undefined,
  );
}

/** At which prices an order acts. */
const termParts = ({ limitPriceMinor, stopPriceMinor, trailAmountMinor, triggeredAt }: Order): (string | undefined)[] =>
  [
    limitPriceMinor && `limit ${limitPriceMinor}`,
    stopPriceMinor && `stop ${stopPriceMinor}`,
    trailAmountMinor && `trail ${trailAmountMinor}`,
    triggeredAt && 'works',
  ].map((part) => part || undefined);

/** An item with the usual attributes. */
export function itemFact(words: string, id: string, item: object): Fact {
  const {
    status,
    name,
    description,
    priceMinor,
    triggersPaused,
    termsVersion,
    version = termsVersion,
  } = item as Partial<Asset> & {
    readonly version?: number;
  };

  return factFrom(id, [
    words,
    status,
    name,
    description,
    priceMinor && `at ${priceMinor}`,
    triggersPaused && 'paused',
    `v${version}`,
  ]);
}

const isFailed = (status: string) => status === 'FAILED';

/** Of an email address its domain, which is the same in every run. */
const domainOf = (email: string) => email.slice(email.indexOf('@') + 1);

const postingText = ({ code, bucket, amountMinor }: Posting) =>
  `${code}${amountMinor < 0n ? '' : '+'}${amountMinor}${bucket === 'available' ? '' : ` ${bucket}`}`;

/** What ends sessions, and the password. */
export function accessFact(username: string, sessionEpoch: number | undefined, passwordHash: string): Fact {
  const password = passwordHash === firstPassword.hash ? 'first password' : 'other password';

  return factFrom(`access of ${username}`, ['epoch', sessionEpoch ?? 0, password]);
}

const unknownFact = ({ sk }: RawItem) => factFrom(String(sk), [`unknown item: ${String(sk)}`]);

/** The user, their password and sessions. Failed log-ins are no fact: one of unknown outcome may count twice, which is a longer wait. */
export const userFacts: FactReader = async (world) =>
  (await itemsOf(world, { table: usersTableShape.name, value: userKey(world.username).pk })).flatMap((item) => {
    const record = decodeUsersItem(item);
    if (record.kind === 'login') return [];
    if (record.kind === 'session') return [factOf(record.session)];
    if (record.kind !== 'user') return [unknownFact(item)];

    const { sessionEpoch, passwordHash } = userItemExtras(item);
    return [factOf(record.user), accessFact(world.username, sessionEpoch, passwordHash)];
  });

/** The balances, journal and claims of the owner. */
export const ledgerFacts: FactReader = async (world) =>
  (await itemsOf(world, { table: ledgerTableShape.name, value: ownerPartition(world.owner) })).map((item) => {
    const record = decodeLedgerItem(item);
    if (record.kind === 'balance') return factOf(record.balance);
    if (record.kind === 'transaction') return factOf(record.transaction);

    return record.kind === 'claim' ? factOf(record.claim) : unknownFact(item);
  });

/** The same of who receives a transfer: its entry has the id of the sender's. */
export const receiverFacts: FactReader = async (world) =>
  (await ledgerFacts(inWorld(world, { ...world, owner: receiverOf(world) }))).map((fact) => ({
    ...fact,
    id: `received ${fact.id}`,
    line: `received ${fact.line}`,
  }));

/** The owner's orders. */
const orderFacts: FactReader = async (world) =>
  (await itemsOf(world, { table: ordersTableShape.name, index: 'byOwner', key: 'owner', value: world.owner })).map(
    (item) => factOf(fromOrderItem(item)),
  );

/** All items of a table, or of an index of it, whose key attribute has that value. */
async function itemsOf({ database }: World, { table = '', index = '', key = 'pk', value = '' }): Promise<RawItem[]> {
  const items: RawItem[] = [];
  const query = {
    TableName: database.tableName(table),
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

/** The asset and its ticks. */
const assetFacts: FactReader = async (world) =>
  (await itemsOf(world, { table: inventoryTableShape.name, value: assetKey(world.assetId).pk })).map((item) => {
    const record = decodeInventoryItem(item);
    if (record.kind === 'asset') return factOf(record.asset);
    if (record.kind === 'unknown') return unknownFact(item);

    const { asOf, priceMinor, executable, outOfBand, paused } = record.tick;
    const flags = Object.entries({ executable, outOfBand, paused }).flatMap(([name, isSet]) => (isSet ? [name] : []));
    return factFrom(asOf, ['tick', `at ${priceMinor}`, ...flags]);
  });

/** Where the effects of a service's methods show. */
export const readersOf: Readonly<Record<string, readonly FactReader[]>> = {
  UserDao: [userFacts, emailFacts],
  SessionDao: [userFacts],
  BalanceDao: [ledgerFacts],
  OrderDao: [orderFacts],
  OrderFlow: [ledgerFacts, orderFacts],
  OrderEngine: [ledgerFacts, orderFacts],
  AssetDao: [assetFacts],
};
