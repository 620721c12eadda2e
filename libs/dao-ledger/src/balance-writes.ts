import { executeWrite, putIfAbsent, readItem, type RawItem } from '@cnop/database-core';
import { balanceStatusSchema, isScaleOf, ledgerErrors, scaleSchema, type Balance } from '@cnop/entities-ledger';
import { balanceKey, fromBalanceItem, toBalanceItem } from '@cnop/entities-ledger/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { balanceCodeSchema, currencyScale, isCurrencyCode, ownerSchema } from '@cnop/validation';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import * as z from 'zod';
import { ledgerEntities } from './ledger-entities.ts';
import { ownerChecks, type LedgerContext } from './ledger-table.ts';

/** Accepts what names one balance. */
export const balanceNameSchema = z.strictObject({ owner: ownerSchema, code: balanceCodeSchema });

/** Accepts what makes an empty balance. */
export const balanceCreateSchema = balanceNameSchema
  .extend({
    /** Needed for an asset; a currency's scale is that of ISO 4217. */
    scale: scaleSchema.optional(),
  })
  .refine(({ code, scale }) => scale !== undefined || isCurrencyCode(code), {
    path: ['scale'],
    error: 'An asset needs its scale.',
  })
  .refine(({ code, scale }) => scale === undefined || isScaleOf(code, scale), {
    path: ['scale'],
    error: 'The scale of a currency is that of ISO 4217.',
  });

/** What makes an empty balance. */
export type BalanceCreate = z.input<typeof balanceCreateSchema>;

/** Accepts what freezes a balance or makes it active again. */
export const balanceStatusChangeSchema = balanceNameSchema.extend({ status: balanceStatusSchema });

/** What freezes a balance or makes it active again; touches no money. */
export type BalanceStatusChange = z.input<typeof balanceStatusChangeSchema>;

/** Puts an empty balance, if the owner may receive and has none of that code. */
export async function createBalance(context: LedgerContext, create: BalanceCreate): Promise<Balance> {
  const { database, table } = context;
  const { owner, code, scale = currencyScale(code) } = create;
  const at = database.clock.now().toISOString();
  const writeId = database.ids.ulid();
  const balance: Balance = {
    owner,
    code,
    scale,
    availableMinor: 0n,
    heldMinor: 0n,
    totalDepositedMinor: 0n,
    totalWithdrawnMinor: 0n,
    openOrders: 0,
    status: 'ACTIVE',
    version: 1,
    createdAt: at,
    updatedAt: at,
  };

  await executeWrite(database, {
    operation: 'createBalance',
    reference: { owner, code },
    guard: {
      write: putIfAbsent(table.tableName, { ...toBalanceItem(balance), writeId }),
      writeId,
      onConditionFailed: () => new ledgerErrors.BalanceExistsError({ owner, code }),
    },
    actions: ownerChecks(context, owner),
  });
  return balance;
}

/**
 * Sets the status of an existing balance; one that has it already stays as it is.
 *
 * The condition is the last status change, by its `writeId`, which no movement of money touches: so an attempt that lands late, after
 * another change, changes nothing.
 */
export async function updateBalanceStatus(context: LedgerContext, change: BalanceStatusChange): Promise<Balance> {
  const { database } = context;
  const { owner, code, status } = change;
  const key = balanceKey(owner, code);
  const stored = await readBalance(context, change);
  const balance = fromBalanceItem(stored);
  if (balance.status === status) return balance;

  const writeId = database.ids.ulid();
  const { Update } = ledgerEntities(database)
    .balance.build(UpdateTransaction)
    .item({ ...key, status, updatedAt: database.clock.now().toISOString(), version: $add(1), writeId })
    .options({ condition: sameWriteId(stored) })
    .params();

  const { item } = await executeWrite(database, {
    operation: 'updateBalance',
    reference: { owner, code },
    guard: {
      write: { Update },
      writeId,
      onConditionFailed: (oldItem, earlierAttemptUnknown) => statusRefusal(change, { oldItem, earlierAttemptUnknown }),
    },
  });
  return fromBalanceItem(item ?? (await readBalance(context, change)));
}

/** The item of a balance that must exist. @throws {@link ledgerErrors.BalanceNotFoundError}. */
async function readBalance(
  { database, table }: LedgerContext,
  { owner, code }: Pick<BalanceStatusChange, 'owner' | 'code'>,
): Promise<RawItem> {
  const item = await readItem(database, { tableName: table.tableName, key: balanceKey(owner, code) });
  if (!item) throw new ledgerErrors.BalanceNotFoundError({ owner, code });

  return item;
}

/** A balance that a credit made has no `writeId` until its status changes. */
function sameWriteId({ writeId }: RawItem) {
  return typeof writeId === 'string'
    ? { attr: 'writeId' as const, eq: writeId }
    : {
        and: [
          { attr: 'pk' as const, exists: true as const },
          { attr: 'writeId' as const, exists: false as const },
        ],
      };
}

interface FailedStatusChange {
  readonly oldItem: RawItem | undefined;
  readonly earlierAttemptUnknown: boolean;
}

/** Another change came first: to the same status, or there and back. */
function statusRefusal(
  { owner, code, status }: BalanceStatusChange,
  { oldItem, earlierAttemptUnknown }: FailedStatusChange,
): DomainError | undefined {
  if (!oldItem) throw new Error('A balance has vanished.');
  if (fromBalanceItem(oldItem).status === status) return undefined;

  return earlierAttemptUnknown
    ? new sharedErrors.OutcomeUnknownError({ operation: 'updateBalance', owner, code })
    : new sharedErrors.ContentionError({ attempts: 1 });
}
