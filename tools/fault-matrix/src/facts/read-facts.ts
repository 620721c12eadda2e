import { queryItems, readItems, type Database, type RawItem } from '@cnop/database-core';
import { assetKey, fromAssetItem, inventoryTableShape } from '@cnop/entities-inventory/table';
import { fromOrderItem, ordersTableShape } from '@cnop/entities-order/table';
import {
  claimOfKey,
  codeOfKey,
  emailKey,
  familyIdOfKey,
  fromBalanceItem,
  fromClaimItem,
  fromEmailClaimItem,
  fromSessionItem,
  fromTransactionItem,
  fromUserItem,
  LOGIN_SORT_KEY,
  PROFILE_SORT_KEY,
  transactionIdOfKey,
  userItemExtras,
  userKey,
  usersTableShape,
} from '@cnop/entities-user/table';
import type { WorldNames } from '../world-names.ts';
import type { Fact } from './fact.ts';
import {
  accessFact,
  addressFact,
  assetFact,
  balanceFact,
  claimFact,
  entryFact,
  orderFact,
  sessionFact,
  userFact,
} from './facts-of-items.ts';

/**
 * What can be looked at: a user with balances, journal, keys and sessions; the epoch of her sessions and whether her password was
 * changed; the addresses; the orders of the user; the asset of the world.
 */
export type Place = 'account' | 'access' | 'addresses' | 'orders' | 'asset';

/** Reads all that is stored of a world, in these places. */
export async function readFacts(database: Database, names: WorldNames, places: readonly Place[]): Promise<Fact[]> {
  const found = await Promise.all(places.map((place) => readers[place](database, names)));

  return found.flat();
}

type Reader = (database: Database, names: WorldNames) => Promise<Fact[]>;

const readers: Record<Place, Reader> = {
  account: async (database, { username }) => {
    const items = await all(
      queryItems(database, {
        TableName: database.tableName(usersTableShape.name),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': userKey(username).pk },
        ConsistentRead: true,
      }),
    );
    return items.flatMap(accountFacts);
  },
  access: async (database, { username }) => {
    const tableName = database.tableName(usersTableShape.name);
    const items = await readItems(database, { tableName, keys: [{ ...userKey(username) }] });
    return items.map((item) => accessFact(username, userItemExtras(item)));
  },
  addresses: async (database, { addresses }) => {
    const tableName = database.tableName(usersTableShape.name);
    const keys = addresses.map((address) => ({ ...emailKey(address) }));
    return (await readItems(database, { tableName, keys })).map((item) => addressFact(fromEmailClaimItem(item)));
  },
  orders: async (database, { username }) => {
    const items = await all(
      queryItems(database, {
        TableName: database.tableName(ordersTableShape.name),
        IndexName: 'byUser',
        KeyConditionExpression: 'username = :username',
        ExpressionAttributeValues: { ':username': username },
      }),
    );
    return items.map((item) => orderFact(fromOrderItem(item)));
  },
  asset: async (database, { assetId }) => {
    const tableName = database.tableName(inventoryTableShape.name);
    const keys = [{ ...assetKey(assetId) }];
    return (await readItems(database, { tableName, keys })).map((item) => assetFact(fromAssetItem(item)));
  },
};

/** Attempts to log in are no fact: one that is in doubt may count twice, which is a longer wait and nothing else. */
function accountFacts(item: RawItem): Fact[] {
  return item['sk'] === LOGIN_SORT_KEY ? [] : [accountFact(item)];
}

function accountFact(item: RawItem): Fact {
  const sortKey = String(item['sk']);
  if (sortKey === PROFILE_SORT_KEY) return userFact(fromUserItem(item));
  if (codeOfKey(sortKey) !== undefined) return balanceFact(fromBalanceItem(item));
  if (transactionIdOfKey(sortKey) !== undefined) return entryFact(fromTransactionItem(item));
  if (claimOfKey(sortKey) !== undefined) return claimFact(fromClaimItem(item));
  if (familyIdOfKey(sortKey) !== undefined) return sessionFact(fromSessionItem(item));

  return { id: sortKey, line: `unheard of: ${sortKey}`, isFence: false };
}

async function all(items: AsyncIterable<RawItem>): Promise<RawItem[]> {
  const found: RawItem[] = [];
  for await (const item of items) found.push(item);

  return found;
}
