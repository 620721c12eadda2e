import type { TransactionType } from '@cnop/entities-ledger';
import type { Order } from '@cnop/entities-order';

/** A journal entry as an order names it. */
export interface NamedTransaction {
  readonly transactionId: string;
  /** The type that the entry must have to be named so. */
  readonly transactionType: TransactionType;
}

/** Every journal entry that an order names: its payments in the order of its fills, then first hold, adjustments, release and refund. */
export function namedTransactions(order: Order): NamedTransaction[] {
  const { fills, holdTransactionId, adjustments = [], releaseTransactionId, refundTransactionId } = order;
  const others = [
    { transactionId: holdTransactionId, transactionType: 'ORDER_HOLD' },
    ...adjustments,
    { transactionId: releaseTransactionId, transactionType: 'ORDER_RELEASE' },
    { transactionId: refundTransactionId, transactionType: 'ORDER_REFUND' },
  ] as const;

  return [
    ...fills.map(({ transactionId }) => ({ transactionId, transactionType: 'ORDER_PAYMENT' }) as const),
    ...others.flatMap(({ transactionId, transactionType }) =>
      transactionId === undefined ? [] : [{ transactionId, transactionType }],
    ),
  ];
}

/** The ids of the journal entries that an order names, each once. */
export const namedTransactionIds = (order: Order): string[] => [
  ...new Set(namedTransactions(order).map(({ transactionId }) => transactionId)),
];
