import {
  assertTransactionTransition,
  canTransactionMove,
  ledgerErrors,
  TransactionStatus,
} from '@cnop/entities-ledger';
import { thrownBy } from './thrown-by.ts';

const statuses = Object.values(TransactionStatus);
const settled = ['COMPLETED', 'FAILED', 'CANCELLED'] as const;

describe(canTransactionMove, () => {
  it('lets a pending entry settle, once, and nothing else move', () => {
    const moves = statuses.flatMap((from) =>
      statuses.filter((to) => canTransactionMove(from, to)).map((to) => `${from} → ${to}`),
    );

    expect(moves).toEqual(['PENDING → COMPLETED', 'PENDING → FAILED', 'PENDING → CANCELLED']);
  });
});

describe(assertTransactionTransition, () => {
  it.each(settled)('lets a pending entry become %s', (to) => {
    expect(() => assertTransactionTransition('PENDING', to, '01J')).not.toThrow();
  });

  it.each(settled)('refuses to move an entry that is %s', (from) => {
    const error = thrownBy(() => assertTransactionTransition(from, 'COMPLETED', '01J'));

    expect(error).toBeInstanceOf(ledgerErrors.TransactionNotPendingError);
    expect(error).toMatchObject({ details: { transactionId: '01J', status: from } });
  });
});
