import type { RawItem, TransactionAction } from '@cnop/database-core';
import type { BalanceTransaction } from '@cnop/entities-user';
import { balanceKey, fromBalanceItem, SCHEMA_VERSION, toTransactionItem } from '@cnop/entities-user/table';
import {
  BalanceFrozenError,
  InsufficientFundsError,
  InvalidAmountError,
  ScaleMismatchError,
  type DomainError,
} from '@cnop/exceptions';
import { formatDecimal } from '@cnop/utils';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $get } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { absent, type UsersTable } from './users-table.ts';

/** An amount to move into or out of the available part of one balance. */
export interface BalanceMove {
  readonly username: string;
  /** A currency or asset code. */
  readonly code: string;
  /** Positive, in minor units of `code`. */
  readonly amountMinor: bigint;
  /** The scale the caller believes the code to have; another one than the balance's is refused. */
  readonly scale: number;
  /** When, ISO 8601 UTC. */
  readonly at: string;
  /** Whether it also counts into the total of deposits (a credit) or of withdrawals (a debit). */
  readonly external?: boolean;
}

/** Adds to `available`; the first credit makes the balance. */
export function creditAction({ balance }: UsersTable, move: BalanceMove): TransactionAction {
  assertPositive(move);
  const { Update } = balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(move.username, move.code),
      schemaVersion: $get('schemaVersion', SCHEMA_VERSION),
      scale: $get('scale', move.scale),
      createdAt: $get('createdAt', move.at),
      updatedAt: move.at,
      availableMinor: $add(move.amountMinor),
      ...(move.external && { totalDepositedMinor: $add(move.amountMinor) }),
      version: $add(1),
    })
    .options({
      condition: {
        or: [
          { attr: 'scale', exists: false },
          { attr: 'scale', eq: move.scale },
        ],
      },
    })
    .params();

  return { write: { Update }, onConditionFailed: (oldItem) => creditRefusal(move, oldItem) };
}

/** Takes from `available` if that covers the amount and the balance is not frozen. */
export function debitAction({ balance }: UsersTable, move: BalanceMove): TransactionAction {
  assertPositive(move);
  const { Update } = balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(move.username, move.code),
      updatedAt: move.at,
      availableMinor: $add(-move.amountMinor),
      ...(move.external && { totalWithdrawnMinor: $add(move.amountMinor) }),
      version: $add(1),
    })
    .options({
      condition: {
        and: [
          { attr: 'scale', eq: move.scale },
          { attr: 'availableMinor', gte: move.amountMinor },
          {
            or: [
              { attr: 'status', exists: false },
              { attr: 'status', eq: 'ACTIVE' },
            ],
          },
        ],
      },
    })
    .params();

  return { write: { Update }, onConditionFailed: (oldItem) => debitRefusal(move, oldItem) };
}

/** Puts a journal entry, once. Its id is fresh, so a clash is a broken invariant and no answer to a caller. */
export function putTransactionAction(
  { transaction }: UsersTable,
  entry: BalanceTransaction,
  writeId: string,
): TransactionAction {
  const { Put } = transaction
    .build(PutTransaction)
    .item(toTransactionItem(entry, { writeId }))
    .options({ condition: absent })
    .params();

  return {
    write: { Put },
    onConditionFailed: () => {
      throw new Error('A journal entry with a fresh id exists already.');
    },
  };
}

/** A negative credit would be a debit that no condition holds back. */
function assertPositive({ amountMinor }: BalanceMove): void {
  if (amountMinor <= 0n) throw new InvalidAmountError({ rule: 'positive' });
}

function creditRefusal({ code, scale }: BalanceMove, oldItem: RawItem | undefined): DomainError {
  if (!oldItem) throw new Error('A credit to an absent balance cannot fail.');

  return new ScaleMismatchError({ code, scale, expectedScale: fromBalanceItem(oldItem).scale });
}

function debitRefusal({ code, amountMinor, scale }: BalanceMove, oldItem: RawItem | undefined): DomainError {
  const balance = oldItem && fromBalanceItem(oldItem);

  if (balance && balance.scale !== scale) {
    return new ScaleMismatchError({ code, scale, expectedScale: balance.scale });
  }
  if (balance?.status === 'FROZEN') return new BalanceFrozenError({ code });

  return new InsufficientFundsError({
    code,
    available: formatDecimal(balance?.availableMinor ?? 0n, scale),
    required: formatDecimal(amountMinor, scale),
  });
}
