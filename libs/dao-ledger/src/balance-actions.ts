import type { RawItem, WriteAction } from '@cnop/database-core';
import { ledgerErrors, type BalanceTransaction } from '@cnop/entities-ledger';
import { balanceKey, fromBalanceItem, toTransactionItem } from '@cnop/entities-ledger/table';
import { InvalidAmountError, type DomainError } from '@cnop/exceptions';
import { formatDecimal } from '@cnop/utils';
import type { CreditValues } from './money-writes.ts';
import type { LedgerTable } from './ledger-table.ts';

/** An amount to move into or out of the available part of one balance. */
export interface BalanceMove {
  readonly owner: string;
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
export function creditAction({ credit, deposit }: LedgerTable, move: BalanceMove): WriteAction {
  assertPositive(move);
  const write = move.external ? deposit : credit;

  return { write: write(valuesOf(move)), onConditionFailed: (oldItem) => creditRefusal(move, oldItem) };
}

/** Takes from `available` if that covers the amount and the balance is not frozen. */
export function debitAction({ debit, withdrawal }: LedgerTable, move: BalanceMove): WriteAction {
  assertPositive(move);
  const write = move.external ? withdrawal : debit;

  return {
    write: write({ ...valuesOf(move), changeMinor: -move.amountMinor }),
    onConditionFailed: (oldItem) => debitRefusal(move, oldItem),
  };
}

const valuesOf = ({ owner, code, at, scale, amountMinor }: BalanceMove): CreditValues => ({
  ...balanceKey(owner, code),
  at,
  scale,
  amountMinor,
});

/** Puts a journal entry, once. Its id is fresh, so a clash is a broken invariant and no answer to a caller. */
export function putTransactionAction(
  { putEntry }: LedgerTable,
  entry: BalanceTransaction,
  writeId: string,
): WriteAction {
  return {
    write: putEntry(toTransactionItem(entry, { writeId })),
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

  return new ledgerErrors.ScaleMismatchError({ code, scale, expectedScale: fromBalanceItem(oldItem).scale });
}

function debitRefusal({ code, amountMinor, scale }: BalanceMove, oldItem: RawItem | undefined): DomainError {
  const balance = oldItem && fromBalanceItem(oldItem);

  if (balance && balance.scale !== scale) {
    return new ledgerErrors.ScaleMismatchError({ code, scale, expectedScale: balance.scale });
  }
  if (balance?.status === 'FROZEN') return new ledgerErrors.BalanceFrozenError({ code });

  return new ledgerErrors.InsufficientFundsError({
    code,
    available: formatDecimal(balance?.availableMinor ?? 0n, scale),
    required: formatDecimal(amountMinor, scale),
  });
}
