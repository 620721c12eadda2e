import {
  executeWrite,
  readGuard,
  readItem,
  type Database,
  type RawItem,
  type TransactionAction,
  type WriteGuard,
} from '@cnop/database-core';
import {
  adjustmentPostings,
  depositPostings,
  withdrawalPostings,
  type BalanceTransaction,
  type BalanceTransactionCreate,
} from '@cnop/entities-user';
import { fromClaimItem, fromTransactionItem, toClaimItem, transactionKey, type Claim } from '@cnop/entities-user/table';
import {
  CurrencyNotRegisteredError,
  domainErrorOf,
  IdempotencyKeyReusedError,
  type DetailsOf,
  type DomainError,
  type ErrorCode,
} from '@cnop/exceptions';
import { requestHash } from '@cnop/utils';
import { currencyScale, isCurrencyCode } from '@cnop/validation';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { creditAction, debitAction, putTransactionAction } from './balance-actions.ts';
import { userPresentAction } from './user-present-action.ts';
import { absent, type UsersTable } from './users-table.ts';

/** A journal entry, and whether it had been made before, by an earlier request with the same idempotency key. */
export interface TransactionResult {
  readonly transaction: BalanceTransaction;
  readonly replayed: boolean;
}

/** What a movement of money needs: where to write, and which currencies may be deposited and withdrawn. */
export interface LedgerContext {
  readonly database: Database;
  readonly table: UsersTable;
  readonly currencies: ReadonlySet<string>;
}

/** A request that has been read and given its ids: all that one call writes follows from it. */
interface Movement {
  readonly create: BalanceTransactionCreate;
  readonly scale: number;
  readonly entry: BalanceTransaction;
  readonly writeId: string;
}

/** Makes a deposit, withdrawal or adjustment in one transaction; see `BalanceDao.createTransaction`. */
export async function createTransaction(
  context: LedgerContext,
  create: BalanceTransactionCreate,
): Promise<TransactionResult> {
  const movement = prepare(context, create);
  const { entry } = movement;
  const guard = create.idempotencyKey === undefined ? entryGuard(context, movement) : claimGuard(context, movement);

  const refusal = currencyRefusal(context, create);
  if (refusal) {
    const item = guard.clientNamed ? await readGuard(context.database, guard.write) : undefined;
    if (!item) throw refusal;
    throwIfAny(guard.onConditionFailed(item, false));
    return await replay(context, item);
  }

  const outcome = await executeWrite(context.database, {
    operation: 'createTransaction',
    reference: { username: entry.username, transactionId: entry.transactionId },
    guard,
    actions: [
      ...(guard.clientNamed ? [putTransactionAction(context.table, entry, movement.writeId)] : []),
      ...balanceActions(context, movement),
    ],
  });

  if (!outcome.replayed || !outcome.item) return { transaction: entry, replayed: false };
  return guard.clientNamed
    ? await replay(context, outcome.item)
    : { transaction: fromTransactionItem(outcome.item), replayed: false };
}

function prepare({ database }: LedgerContext, create: BalanceTransactionCreate): Movement {
  const { username, transactionType, code, amountMinor, description, idempotencyKey, actor } = create;
  const scale = isCurrencyCode(code) ? currencyScale(code) : (create.scale ?? 0);
  const amount = { code, amountMinor, scale };
  const at = database.clock.now().toISOString();
  const postings = {
    DEPOSIT: depositPostings,
    WITHDRAW: withdrawalPostings,
    SYSTEM_ADJUSTMENT: adjustmentPostings,
  }[transactionType](amount);

  return {
    create,
    scale,
    writeId: database.ids.ulid(),
    entry: {
      transactionId: database.ids.ulid(),
      username,
      transactionType,
      status: create.pending ? 'PENDING' : 'COMPLETED',
      postings,
      ...(description !== undefined && { description }),
      ...(actor !== undefined && { actor }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      createdAt: at,
      updatedAt: at,
    },
  };
}

function currencyRefusal({ currencies }: LedgerContext, { transactionType, code }: BalanceTransactionCreate) {
  return transactionType === 'SYSTEM_ADJUSTMENT' || currencies.has(code)
    ? undefined
    : new CurrencyNotRegisteredError({ code });
}

/** A credit needs its user to exist; a debit needs the balance, which only an existing user has. A pending entry moves nothing. */
function balanceActions({ table }: LedgerContext, { create, scale, entry }: Movement): TransactionAction[] {
  const { username, code, amountMinor, transactionType } = create;
  const move = { username, code, scale, at: entry.createdAt, external: transactionType !== 'SYSTEM_ADJUSTMENT' };

  if (entry.status === 'PENDING') return [userPresentAction(table, username)];
  return transactionType === 'WITHDRAW' || amountMinor < 0n
    ? [debitAction(table, { ...move, amountMinor: amountMinor < 0n ? -amountMinor : amountMinor })]
    : [creditAction(table, { ...move, amountMinor }), userPresentAction(table, username)];
}

/** Without a key of the caller's, the entry itself is the guard; its fence is the same entry, FAILED, which moves nothing. */
function entryGuard({ table, database }: LedgerContext, { entry, writeId }: Movement): WriteGuard {
  return {
    write: putTransactionAction(table, entry, writeId).write,
    writeId,
    onConditionFailed: () => undefined,
    fence: () => {
      const fenceId = database.ids.ulid();
      return { write: putTransactionAction(table, { ...entry, status: 'FAILED' }, fenceId).write, writeId: fenceId };
    },
  };
}

/** With a key, the claim is the guard: it says which request the key stands for, and which entry it made. */
function claimGuard({ table, database }: LedgerContext, { create, scale, entry, writeId }: Movement): WriteGuard {
  const { username, transactionType, code, amountMinor, pending = false, description } = create;
  const claim: Claim = {
    username,
    actor: create.actor ?? username,
    key: create.idempotencyKey ?? '',
    requestHash: requestHash('createTransaction', {
      username,
      transactionType,
      code,
      amountMinor,
      scale,
      pending,
      description,
    }),
    transactionId: entry.transactionId,
    status: 'ACCEPTED',
    createdAt: entry.createdAt,
    writeId,
  };

  return {
    write: putClaim(table, claim),
    writeId,
    clientNamed: true,
    onConditionFailed: (oldItem) => claimRefusal(claim, oldItem),
    fence: ({ code: refusalCode, details }) => {
      const fenceId = database.ids.ulid();
      const refusalDetails = JSON.stringify(details);
      return {
        write: putClaim(table, { ...claim, status: 'REFUSED', refusalCode, refusalDetails, writeId: fenceId }),
        writeId: fenceId,
      };
    },
  };
}

function putClaim({ claim: entity }: UsersTable, claim: Claim) {
  const { Put } = entity.build(PutTransaction).item(toClaimItem(claim)).options({ condition: absent }).params();

  return { Put };
}

function claimRefusal({ requestHash: hash }: Claim, oldItem: RawItem | undefined): DomainError | undefined {
  if (!oldItem) throw new Error('A claim that is absent cannot be in the way.');

  const claimed = fromClaimItem(oldItem);
  if (claimed.requestHash !== hash) return new IdempotencyKeyReusedError({});
  if (claimed.status === 'ACCEPTED') return undefined;
  return domainErrorOf(
    claimed.refusalCode as ErrorCode,
    JSON.parse(claimed.refusalDetails ?? '{}') as DetailsOf<ErrorCode>,
  );
}

function throwIfAny(refusal: DomainError | undefined): void {
  if (refusal) throw refusal;
}

/** The entry that an earlier request with the claimed key made, as it now stands. */
async function replay({ database, table }: LedgerContext, claimItem: RawItem): Promise<TransactionResult> {
  const claim = fromClaimItem(claimItem);
  const key = transactionKey(claim.username, claim.transactionId);
  const item = await readItem(database, { tableName: table.tableName, key: { ...key } });
  if (!item) throw new Error('A claim names a journal entry that does not exist.');

  return { transaction: fromTransactionItem(item), replayed: true };
}
