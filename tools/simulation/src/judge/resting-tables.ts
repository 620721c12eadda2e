import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Database, RawItem } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { codeOfKey, fromBalanceItem, fromTransactionItem, transactionIdOfKey } from '@cnop/entities-ledger/table';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem, ordersItemKind } from '@cnop/entities-order/table';
import { usersTableShape } from '@cnop/entities-user/shape';
import { fromUserItem, userItemExtras } from '@cnop/entities-user/table';
import { checkLedger, type CheckLedgerOptions } from '@cnop/ledger-audit';
import { addAmounts, amountsOf, noAmounts, type Amounts } from '../workload/market.ts';
import type { RestingTables } from '../workload/operation.ts';
import type { Violation } from './violation.ts';

/** Reads everything, without any of the code that is under test apart from the mapping of items. */
export async function readTables(database: Database): Promise<RestingTables> {
  const users = await allItems(database, usersTableShape.name);
  const ledger = await allItems(database, ledgerTableShape.name);
  const orders = await allItems(database, ordersTableShape.name);
  const sortKey = (item: RawItem) => String(item['sk']);
  const balances = new Map<string, Amounts>();

  for (const item of ledger.filter((one) => codeOfKey(sortKey(one)) !== undefined)) {
    const { owner, code, availableMinor } = fromBalanceItem(item);
    balances.set(owner, addAmounts(balances.get(owner) ?? noAmounts, amountsOf(code, availableMinor)));
  }
  return {
    users: users
      .filter((item) => sortKey(item) === 'PROFILE')
      .map((item) => ({ owner: fromUserItem(item).username, createKey: userItemExtras(item).createKey })),
    entries: ledger.filter((item) => transactionIdOfKey(sortKey(item)) !== undefined).map(fromTransactionItem),
    orders: orders.filter((item) => ordersItemKind(item) === 'order').map(fromOrderItem),
    balances,
  };
}

async function allItems(database: Database, name: string): Promise<RawItem[]> {
  const items: RawItem[] = [];
  let ExclusiveStartKey: RawItem | undefined;

  do {
    const scan = new ScanCommand({ TableName: database.tableName(name), ConsistentRead: true, ExclusiveStartKey });
    const { Items = [], LastEvaluatedKey } = await database.reader.send(scan);
    items.push(...Items);
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

/** Has the ledger checked: whatever is broken in it, or still changes although nobody is at work. */
export async function brokenLedger(database: Database, options: CheckLedgerOptions = {}): Promise<Violation[]> {
  const { broken, unsettled } = await checkLedger(database, options);

  return [...broken, ...unsettled].map(({ rule, owner = '', code = '', expected = '', found = '' }) => ({
    rule: 'ledger is broken',
    detail: [rule, owner, code, expected && `expected ${expected}`, found && `found ${found}`]
      .filter(Boolean)
      .join(' '),
  }));
}
