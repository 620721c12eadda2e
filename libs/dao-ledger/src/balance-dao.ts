import {
  queryItems,
  queryPage,
  readItem,
  readItems,
  type Database,
  type Page,
  type WriteAction,
  type WriteGuard,
} from '@cnop/database-core';
import {
  balanceTransactionCreateSchema,
  balanceTransactionSchema,
  ledgerErrors,
  type Balance,
  type BalanceTransaction,
  type BalanceTransactionCreate,
  transferCreateSchema,
  type TransferCreate,
} from '@cnop/entities-ledger';
import {
  BALANCE_PREFIX,
  balanceAttributes,
  balanceKey,
  fromBalanceItem,
  fromTransactionItem,
  ownerPartition,
  transactionKey,
} from '@cnop/entities-ledger/table';
import { sharedErrors } from '@cnop/exceptions';
import { isCurrencyCode, isoCurrencyCodes, ownerSchema, parseInput } from '@cnop/validation';
import {
  balanceMoveSchema,
  creditAction,
  debitAction,
  putTransactionAction,
  type BalanceMove,
} from './balance-actions.ts';
import { checkedEntry } from './checked-entry.ts';
import {
  balanceCreateSchema,
  balanceNameSchema,
  balanceStatusChangeSchema,
  createBalance,
  updateBalanceStatus,
  type BalanceCreate,
  type BalanceStatusChange,
} from './balance-writes.ts';
import { createTransaction, type TransactionResult } from './create-transaction.ts';
import { claimedBy, claimGuard, entryGuard, keyedEntrySchema } from './entry-guards.ts';
import {
  balanceCaptureSchema,
  balanceHoldSchema,
  balanceReleaseSchema,
  heldCreditSchema,
  type BalanceCapture,
  type BalanceHold,
  type BalanceRelease,
  type HeldCredit,
} from './held-moves.ts';
import { captureAction, creditHeldAction, holdAction, releaseAction } from './hold-actions.ts';
import { openLedgerTable, type LedgerContext, type OwnerCheck } from './ledger-table.ts';
import {
  settleTransaction,
  transactionNameSchema,
  transactionNamesSchema,
  transactionStatusChangeSchema,
  type TransactionStatusChange,
} from './settle-transaction.ts';
import { transfer } from './transfer.ts';
import { transactionListQuery, transactionListSchema, type TransactionList } from './transaction-list.ts';

/** What a {@link BalanceDao} works with. */
export interface BalanceDaoOptions {
  readonly database: Database;
  /** The ISO 4217 codes that may be deposited and withdrawn. Default: all of them. */
  readonly currencies?: readonly string[];
  /** Checks that an owner may receive, in the write of each credit. Default: none, so that every owner may. */
  readonly ownerCheck?: OwnerCheck;
}

/**
 * Balances and the journal of what moved them.
 *
 * A balance changes only by conditional arithmetic, in the same transaction that puts the journal entry. Reads are strongly
 * consistent.
 */
export class BalanceDao {
  readonly #context: LedgerContext;

  /** @throws {@link sharedErrors.ConfigurationError} when a currency is no ISO 4217 code. */
  constructor({ database, currencies = isoCurrencyCodes, ownerCheck }: BalanceDaoOptions) {
    const unknown = currencies.find((code) => !isCurrencyCode(code));
    if (unknown !== undefined)
      throw new sharedErrors.ConfigurationError({
        settings: [{ setting: 'currencies', rule: 'must be ISO 4217 codes' }],
      });

    this.#context = { database, table: openLedgerTable(database), currencies: new Set(currencies), ownerCheck };
  }

  /**
   * Makes an empty balance. Not needed before a credit, which makes the balance itself. Costs 4 write units.
   *
   * @throws BalanceExistsError, UserNotFoundError, UserNotActiveError, ValidationError.
   */
  async createBalance(create: BalanceCreate): Promise<Balance> {
    return await createBalance(this.#context, parseInput(balanceCreateSchema, create));
  }

  /**
   * A user's balance of one currency or asset, if they ever had any of it. Asks for the attributes of a balance only: no more need be
   * permitted. Costs 1 read unit.
   *
   * @throws ValidationError.
   */
  async findBalance(owner: string, code: string): Promise<Balance | undefined> {
    const name = parseInput(balanceNameSchema, { owner, code });
    const key = balanceKey(name.owner, name.code);
    const { tableName } = this.#context.table;
    const item = await readItem(this.#context.database, { tableName, key, attributes: balanceAttributes });

    return item && fromBalanceItem(item);
  }

  /**
   * A user's balance of one currency or asset. Costs 1 read unit.
   *
   * @throws {@link ledgerErrors.BalanceNotFoundError} when the user never had any of it.
   */
  async getBalance(owner: string, code: string): Promise<Balance> {
    const name = parseInput(balanceNameSchema, { owner, code });
    const balance = await this.findBalance(name.owner, name.code);
    if (!balance) throw new ledgerErrors.BalanceNotFoundError(name);

    return balance;
  }

  /** All balances of a user, by code. One read unit per 4 KB: some 16 balances. */
  async listBalances(owner: string): Promise<Balance[]> {
    const pk = ownerPartition(parseInput(ownerSchema, owner));
    const items = queryItems(this.#context.database, {
      TableName: this.#context.table.tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': BALANCE_PREFIX },
      ConsistentRead: true,
    });
    const balances: Balance[] = [];

    for await (const item of items) balances.push(fromBalanceItem(item));
    return balances;
  }

  /**
   * Freezes a balance or makes it active again; touches no money. A frozen balance takes credits, but no debit. The status it has
   * already changes nothing. Costs 1 read unit and 1 write unit.
   *
   * @throws BalanceNotFoundError, ValidationError; ContentionError when other changes of the status came between.
   */
  async updateBalance(change: BalanceStatusChange): Promise<Balance> {
    return await updateBalanceStatus(this.#context, parseInput(balanceStatusChangeSchema, change));
  }

  /**
   * Deposits, withdraws or adjusts: puts the journal entry and moves the balance in one transaction, making the balance at the
   * first credit. A pending deposit moves nothing until {@link updateTransactionStatus} completes it.
   *
   * The amount is given as decimal text (`amount: '12.50'`), read at the scale of the code, or in minor units (`amountMinor`); both
   * ways are the same request. `note` and `metadata` are kept on the entry.
   *
   * With an `idempotencyKey` a repeat returns the entry as it now stands and `replayed: true`, permanently. Costs 6 write units
   * for a credit (entry, balance, and a check of the user), 4 for a debit, and 2 more with a key.
   *
   * A debit does not look at the user: where there is no balance it is refused as uncovered, and what a deleted user still has can
   * be paid out.
   *
   * @throws InsufficientFundsError with both figures, BalanceFrozenError, ScaleMismatchError, CurrencyNotRegisteredError,
   *   UserNotFoundError, UserNotActiveError, IdempotencyKeyReusedError, InvalidAmountError when a text does not fit the scale,
   *   ValidationError; OutcomeUnknownError, after which the same
   *   key may be tried again.
   */
  async createTransaction(create: BalanceTransactionCreate): Promise<TransactionResult> {
    const read = parseInput(balanceTransactionCreateSchema, create);

    return await createTransaction(this.#context, read as BalanceTransactionCreate);
  }

  /**
   * Moves an amount of a currency or an asset from one owner to another: one write, with an entry of type TRANSFER in each journal.
   * The two have one id and mirror each other; the result is that of who gives. The receiver must pass the `ownerCheck`; where none
   * is configured, the receiver must have a balance of that code already. A frozen balance can be transferred to, not from.
   *
   * With an `idempotencyKey`, which is of the actor and of who gives, a repeat returns the entry as it now stands and
   * `replayed: true`, permanently. Costs 8 write units, 2 more for the check of the receiver, and 2 more with a key.
   *
   * @throws InsufficientFundsError with both figures, BalanceFrozenError, ScaleMismatchError of either side; RecipientUnknownError,
   *   or what the `ownerCheck` says of the receiver; IdempotencyKeyReusedError, InvalidAmountError when a text does not fit the scale,
   *   ValidationError; OutcomeUnknownError, after which the same key may be tried again.
   * @example
   * await balances.transfer({ from: 'alice', to: 'bob', code: 'USD', amount: '12.50', idempotencyKey: 'rent-5' });
   */
  async transfer(create: TransferCreate): Promise<TransactionResult> {
    return await transfer(this.#context, parseInput(transferCreateSchema, create) as TransferCreate);
  }

  /**
   * One journal entry of a user. Costs 1 read unit.
   *
   * @throws {@link ledgerErrors.TransactionNotFoundError} when the user has none of that id.
   */
  async getTransaction(owner: string, transactionId: string): Promise<BalanceTransaction> {
    const name = parseInput(transactionNameSchema, { owner, transactionId });
    const item = await this.#read(transactionKey(name.owner, name.transactionId));
    if (!item) throw new ledgerErrors.TransactionNotFoundError({ transactionId: name.transactionId });

    return fromTransactionItem(item);
  }

  /**
   * The journal entries of these ids, in that order, each once; those that the user has none of are left out. By BatchGetItem, 100 to a
   * request. Costs 1 read unit each, and 1 more per further 4 KB.
   *
   * @throws ValidationError.
   */
  async getTransactionsByIds(owner: string, transactionIds: readonly string[]): Promise<BalanceTransaction[]> {
    const names = parseInput(transactionNamesSchema, { owner, transactionIds });
    const wanted = [...new Set(names.transactionIds)];
    const keys = wanted.map((transactionId) => transactionKey(names.owner, transactionId));
    const items = await readItems(this.#context.database, { tableName: this.#context.table.tableName, keys });
    const entries = new Map(items.map(fromTransactionItem).map((entry) => [entry.transactionId, entry]));

    return wanted.flatMap((transactionId) => entries.get(transactionId) ?? []);
  }

  /**
   * A user's journal, newest first; all of it, or by type, status or code. A filtered page reads up to 10 pages of the store to
   * fill itself and may then be short, with a cursor.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getUserTransactions(list: TransactionList): Promise<Page<BalanceTransaction>> {
    const query = parseInput(transactionListSchema, list);

    return await queryPage(this.#context.database, transactionListQuery(this.#context.table.tableName, query), query);
  }

  /**
   * Completes, fails or cancels a pending deposit, once; completing moves the balance in the same transaction. The status it has
   * already is a replay; an entry that was never pending is refused. Costs 1 read unit, and 6 write units to complete (entry, balance, and a check of the user), 1 otherwise.
   *
   * @throws TransactionNotFoundError, TransactionNotPendingError, ValidationError; UserNotActiveError when the user of a deposit to
   *   complete is deleted.
   */
  async updateTransactionStatus(change: TransactionStatusChange): Promise<TransactionResult> {
    return await settleTransaction(this.#context, parseInput(transactionStatusChangeSchema, change));
  }

  /**
   * The action that adds to a balance, making it at the first credit. Refuses another scale than the balance's. 2 write units.
   *
   * @throws ValidationError naming the field; InvalidAmountError when the amount is not positive, or beyond 10²⁴.
   */
  creditAction(move: BalanceMove): WriteAction {
    return creditAction(this.#context.table, parseInput(balanceMoveSchema, move));
  }

  /**
   * The action that takes from a balance what it covers. Refuses an uncovered amount, a frozen balance, another scale than the balance's.
   * 2 write units.
   *
   * @throws ValidationError naming the field; InvalidAmountError when the amount is not positive, or beyond 10²⁴.
   */
  debitAction(move: BalanceMove): WriteAction {
    return debitAction(this.#context.table, parseInput(balanceMoveSchema, move));
  }

  /**
   * The action that reserves for an order what the balance covers: out of `available`, into `held`, in one update. Goes with an
   * ORDER_HOLD entry. 2 write units.
   *
   * Of several reasons to refuse, the first of these speaks, as no deposit would cure it: another scale than the balance's, a frozen
   * balance, too many open orders, and last an uncovered amount.
   *
   * @throws ValidationError naming the field; InvalidAmountError when the amount is not positive, or beyond 10²⁴.
   */
  holdAction(hold: BalanceHold): WriteAction {
    return holdAction(this.#context.table, parseInput(balanceHoldSchema, hold));
  }

  /**
   * The action of the balance that pays for a fill out of what it holds. Goes with an ORDER_PAYMENT entry: see `capturePostings` of
   * `@cnop/entities-ledger`. 2 write units.
   *
   * Refuses another scale than the balance's, a frozen balance, and an uncovered amount that the hold is short of. A hold or a count of
   * open orders that lacks what the order takes out is a broken invariant: a plain Error.
   *
   * @throws ValidationError naming the field; InvalidAmountError when `heldMinor` is not positive, or beyond 10²⁴.
   */
  captureAction(capture: BalanceCapture): WriteAction {
    return captureAction(this.#context.table, parseInput(balanceCaptureSchema, capture));
  }

  /**
   * The action that gives back what a balance holds for an order: out of `held`, into `available`, of a frozen balance too. Goes with
   * an ORDER_RELEASE entry. 2 write units.
   *
   * Refuses another scale than the balance's. A hold or a count of open orders that lacks what the order takes out is a broken
   * invariant: a plain Error.
   *
   * @throws ValidationError naming the field; InvalidAmountError when the amount is not positive, or beyond 10²⁴.
   */
  releaseAction(release: BalanceRelease): WriteAction {
    return releaseAction(this.#context.table, parseInput(balanceReleaseSchema, release));
  }

  /**
   * The action that adds to a balance what an order holds from then on, making the balance at the first credit: a credit and a hold in
   * one update, of a frozen balance too. Goes with two entries, one that credits `available` and an ORDER_HOLD. Refuses another scale
   * than the balance's. 2 write units.
   *
   * @throws ValidationError naming the field; InvalidAmountError when the amount is not positive, or beyond 10²⁴.
   */
  creditHeldAction(credit: HeldCredit): WriteAction {
    return creditHeldAction(this.#context.table, parseInput(heldCreditSchema, credit));
  }

  /**
   * The action that puts a journal entry under a fresh id. 2 write units per KB.
   *
   * @throws ValidationError naming the field, or what is wrong with the shape of the entry.
   */
  putTransactionAction(entry: BalanceTransaction): WriteAction {
    return putTransactionAction(this.#context.table, checkedEntry(entry), this.#context.database.ids.ulid());
  }

  /**
   * The guard of a write that makes this journal entry, for a flow of your own without an idempotency key: the put of the entry. Pass it
   * to `executeWrite` with the actions that move what the entry says. Its fence is the same entry, FAILED. 2 write units per KB.
   *
   * @throws ValidationError naming the field, or what is wrong with the shape of the entry.
   */
  entryGuard(entry: BalanceTransaction): WriteGuard {
    return entryGuard(this.#context, parseInput(balanceTransactionSchema, entry), this.#context.database.ids.ulid());
  }

  /**
   * The guard of a write under the idempotency key of this journal entry, for a flow of your own: the claim that the entry's `actor`, or
   * else its owner, used the key for this request. The same write puts the entry by {@link putTransactionAction}. Of a repeat,
   * `executeWrite` returns the stored claim, which `fromClaimItem` reads; another request under the key is refused. Its fence is the
   * same claim, REFUSED. 2 write units.
   *
   * @param requestHash - the fingerprint of the request and its operation; see `requestHash` of `@cnop/utils`.
   * @throws ValidationError naming the field, or what is wrong with the shape of the entry. From `executeWrite`: IdempotencyKeyReusedError.
   */
  keyGuard(entry: BalanceTransaction & { readonly idempotencyKey: string }, requestHash: string): WriteGuard {
    const read = parseInput(keyedEntrySchema, entry);
    const { owner, actor = owner, idempotencyKey } = read;
    const { database } = this.#context;

    return claimGuard(
      this.#context,
      { owner, actor, key: idempotencyKey, requestHash, ...claimedBy(read) },
      database.ids.ulid(),
    );
  }

  async #read(key: { readonly pk: string; readonly sk: string }) {
    return await readItem(this.#context.database, { tableName: this.#context.table.tableName, key: { ...key } });
  }
}

/**
 * The BalanceDao over a database, for injection; with every ISO 4217 currency registered unless told otherwise.
 *
 * @example
 * const balances = getBalanceDao(database, { ownerCheck: profileCheck(database) });
 */
export const getBalanceDao = (database: Database, options: Omit<BalanceDaoOptions, 'database'> = {}): BalanceDao =>
  new BalanceDao({ database, ...options });
