import { putIfAbsent, type RawItem, type WriteAction } from '@cnop/database-core';
import {
  assertPositiveAmount,
  isScaleOf,
  ledgerErrors,
  scaleSchema,
  type Balance,
  type BalanceTransaction,
} from '@cnop/entities-ledger';
import { balanceKey, fromBalanceItem, SCHEMA_VERSION, toTransactionItem } from '@cnop/entities-ledger/table';
import type { DomainError } from '@cnop/exceptions';
import { formatDecimal } from '@cnop/utils';
import { balanceCodeSchema, ownerSchema, timestampSchema } from '@cnop/validation';
import * as z from 'zod';
import type { LedgerTable } from './ledger-table.ts';

/** An amount to move into or out of the available part of one balance. */
export interface BalanceMove {
  readonly owner: string;
  /** A currency or asset code. */
  readonly code: string;
  /** Positive, in minor units of `code`, at most 10²⁴. */
  readonly amountMinor: bigint;
  /** The scale the caller believes the code to have, of a currency that of ISO 4217; another one than the balance's is refused. */
  readonly scale: number;
  /** When, ISO 8601 UTC. */
  readonly at: string;
  /** Whether it also counts into the total of deposits (a credit) or of withdrawals (a debit). */
  readonly external?: boolean;
}

/** The fields that name a balance, its scale, and the time of its update. */
export const updatedBalanceFields = {
  owner: ownerSchema,
  code: balanceCodeSchema,
  scale: scaleSchema,
  at: timestampSchema,
};

/** Whether the scale can be that of the code, for the `refine` of a schema with {@link updatedBalanceFields}. */
export const hasItsScale = ({ code, scale }: { readonly code: string; readonly scale: number }): boolean =>
  isScaleOf(code, scale);

/** What a schema says where {@link hasItsScale} does not hold. */
export const scaleIssue = { path: ['scale'], error: 'The scale of a currency is that of ISO 4217.' };

/** Accepts a {@link BalanceMove}; its amount is checked where the action is made. */
export const balanceMoveSchema: z.ZodType<BalanceMove> = z
  .strictObject({ ...updatedBalanceFields, amountMinor: z.bigint(), external: z.boolean().optional() })
  .refine(hasItsScale, scaleIssue);

const creditExpression =
  'SET schemaVersion = if_not_exists(schemaVersion, :schemaVersion), scale = if_not_exists(scale, :scale), ' +
  'createdAt = if_not_exists(createdAt, :at), updatedAt = :at ADD availableMinor :amount, version :one';

/** Adds to `available`; the first credit makes the balance, unless only one that exists may be credited. */
export function creditAction(
  { tableName }: LedgerTable,
  move: BalanceMove,
  { onlyExisting = false }: { readonly onlyExisting?: boolean } = {},
): WriteAction {
  assertPositiveAmount(move);
  const { owner, code, amountMinor, scale, at, external } = move;

  return {
    write: {
      Update: {
        TableName: tableName,
        Key: balanceKey(owner, code),
        UpdateExpression: external ? `${creditExpression}, totalDepositedMinor :amount` : creditExpression,
        ConditionExpression: onlyExisting ? 'scale = :scale' : '(attribute_not_exists(scale)) OR (scale = :scale)',
        ExpressionAttributeValues: {
          ':schemaVersion': SCHEMA_VERSION,
          ':scale': scale,
          ':at': at,
          ':amount': amountMinor,
          ':one': 1,
        },
      },
    },
    onConditionFailed: (oldItem) =>
      onlyExisting && !oldItem ? new ledgerErrors.RecipientUnknownError({ code }) : creditRefusal(move, oldItem),
  };
}

/** Holds for a balance of this scale that is not frozen and has `:amount` available. */
export const coveredCondition =
  '(scale = :scale) AND (availableMinor >= :amount) AND ((attribute_not_exists(#status)) OR (#status = :active))';

const debitExpression = 'SET updatedAt = :at ADD availableMinor :change, version :one';

/** Takes from `available` if that covers the amount and the balance is not frozen. */
export function debitAction({ tableName }: LedgerTable, move: BalanceMove): WriteAction {
  assertPositiveAmount(move);
  const { owner, code, amountMinor, scale, at, external } = move;

  return {
    write: {
      Update: {
        TableName: tableName,
        Key: balanceKey(owner, code),
        UpdateExpression: external ? `${debitExpression}, totalWithdrawnMinor :amount` : debitExpression,
        ConditionExpression: coveredCondition,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':scale': scale,
          ':at': at,
          ':amount': amountMinor,
          ':change': -amountMinor,
          ':active': 'ACTIVE',
          ':one': 1,
        },
      },
    },
    onConditionFailed: (oldItem) => debitRefusal(move, oldItem && fromBalanceItem(oldItem)),
  };
}

/** Puts a journal entry, once. Its id is fresh, so a clash is a broken invariant and no answer to a caller. */
export function putTransactionAction(
  { tableName }: LedgerTable,
  entry: BalanceTransaction,
  writeId: string,
): WriteAction {
  return {
    write: putIfAbsent(tableName, toTransactionItem(entry, { writeId })),
    onConditionFailed: () => {
      throw new Error('A journal entry with a fresh id exists already.');
    },
  };
}

type OfCode = Pick<BalanceMove, 'code' | 'scale'>;
type AskedAmount = Pick<BalanceMove, 'code' | 'amountMinor' | 'scale'>;

/** Why a balance takes no credit: it has another scale. */
export function creditRefusal({ code, scale }: OfCode, oldItem: RawItem | undefined): DomainError {
  if (!oldItem) throw new Error('A credit to an absent balance cannot fail.');

  return new ledgerErrors.ScaleMismatchError({ code, scale, expectedScale: fromBalanceItem(oldItem).scale });
}

const debitRefusal = (asked: AskedAmount, balance: Balance | undefined): DomainError =>
  standingRefusal(asked, balance) ?? insufficientFunds(asked, balance);

/** The refusal of another scale than the balance's, at which amounts cannot be compared. */
export const scaleRefusal = ({ code, scale }: OfCode, balance: Balance | undefined): DomainError | undefined =>
  balance && balance.scale !== scale
    ? new ledgerErrors.ScaleMismatchError({ code, scale, expectedScale: balance.scale })
    : undefined;

/** Why a balance pays nothing at all, whatever it has: another scale, or a freeze. */
export const standingRefusal = (asked: OfCode, balance: Balance | undefined): DomainError | undefined =>
  scaleRefusal(asked, balance) ??
  (balance?.status === 'FROZEN' ? new ledgerErrors.BalanceFrozenError({ code: asked.code }) : undefined);

/** The refusal of an amount that is not available, with both figures. */
export const insufficientFunds = ({ code, amountMinor, scale }: AskedAmount, balance: Balance | undefined) =>
  new ledgerErrors.InsufficientFundsError({
    code,
    available: formatDecimal(balance?.availableMinor ?? 0n, scale),
    required: formatDecimal(amountMinor, scale),
  });
