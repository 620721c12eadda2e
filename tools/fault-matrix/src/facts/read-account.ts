import { queryItems, readItems, type Database, type RawItem } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import {
  claimOfKey,
  codeOfKey,
  fromBalanceItem,
  fromClaimItem,
  fromTransactionItem,
  ownerPartition,
  transactionIdOfKey,
} from '@cnop/entities-ledger/table';
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
} from '@cnop/entities-user/table';
import type { TableShape } from '@cnop/utils';
import type { WorldNames } from '../world-names.ts';
import { accessFact, addressFact, balanceFact, claimFact, entryFact, sessionFact, userFact } from './account-facts.ts';
import { allItems } from './all-items.ts';
import type { Fact } from './fact.ts';

/** The user of a world with sessions, and as an owner with balances, journal and keys. */
export async function readAccount(database: Database, { username: owner }: WorldNames): Promise<Fact[]> {
  const partitions = [
    partitionOf(database, usersTableShape, userKey(owner).pk),
    partitionOf(database, ledgerTableShape, ownerPartition(owner)),
  ];

  return (await Promise.all(partitions.map(allItems))).flat().flatMap(accountFacts);
}

const partitionOf = (database: Database, { name }: TableShape, pk: string) =>
  queryItems(database, {
    TableName: database.tableName(name),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  });

/** The epoch of the user's sessions, and whether her password was changed. */
export async function readAccess(database: Database, { username: owner }: WorldNames): Promise<Fact[]> {
  const tableName = database.tableName(usersTableShape.name);
  const items = await readItems(database, { tableName, keys: [{ ...userKey(owner) }] });

  return items.map((item) => accessFact(owner, userItemExtras(item)));
}

/** The addresses of a world that are somebody's. */
export async function readAddresses(database: Database, { addresses }: WorldNames): Promise<Fact[]> {
  const tableName = database.tableName(usersTableShape.name);
  const keys = addresses.map((address) => ({ ...emailKey(address) }));

  return (await readItems(database, { tableName, keys })).map((item) => addressFact(fromEmailClaimItem(item)));
}

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
