import { executeWrite, type Database } from '@cnop/database-core';
import type { Balance } from '@cnop/entities-user';
import { balanceKey, fromBalanceItem, toBalanceItem } from '@cnop/entities-user/table';
import { BalanceExistsError, BalanceNotFoundError } from '@cnop/exceptions';
import { currencyScale } from '@cnop/validation';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import type { BalanceCreate, BalanceStatusChange } from './balance-inputs.ts';
import { userPresentAction } from './user-present-action.ts';
import { absent, type UsersTable } from './users-table.ts';

/** Where a balance is written. */
interface BalanceContext {
  readonly database: Database;
  readonly table: UsersTable;
}

/** Puts an empty balance, if the user exists and has none of that code. */
export async function createBalance({ database, table }: BalanceContext, create: BalanceCreate): Promise<Balance> {
  const { username, code, scale = currencyScale(code) } = create;
  const at = database.clock.now().toISOString();
  const writeId = database.ids.ulid();
  const balance: Balance = {
    username,
    code,
    scale,
    availableMinor: 0n,
    heldMinor: 0n,
    totalDepositedMinor: 0n,
    totalWithdrawnMinor: 0n,
    status: 'ACTIVE',
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const { Put } = table.balance
    .build(PutTransaction)
    .item({ ...toBalanceItem(balance), writeId })
    .options({ condition: absent })
    .params();

  await executeWrite(database, {
    operation: 'createBalance',
    reference: { username, code },
    guard: { write: { Put }, writeId, onConditionFailed: () => new BalanceExistsError({ username, code }) },
    actions: [userPresentAction(table, username)],
  });
  return balance;
}

/** Sets the status of an existing balance; a repeat sets the same again. */
export async function updateBalanceStatus(
  { database, table }: BalanceContext,
  { username, code, status }: BalanceStatusChange,
): Promise<Balance> {
  const writeId = database.ids.ulid();
  const { Update } = table.balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(username, code),
      status,
      updatedAt: database.clock.now().toISOString(),
      version: $add(1),
      writeId,
    })
    .options({ condition: { attr: 'pk', exists: true } })
    .params();

  const { item } = await executeWrite(database, {
    operation: 'updateBalance',
    reference: { username, code },
    guard: { write: { Update }, writeId, onConditionFailed: () => new BalanceNotFoundError({ username, code }) },
  });
  if (!item) throw new Error('A single update answers with the item.');
  return fromBalanceItem(item);
}
