import { BalanceDao } from '@cnop/dao-ledger';
import {
  toBalanceListResponse,
  toBalanceResponse,
  toBalanceTransactionListResponse,
  toBalanceTransactionResponse,
} from '@cnop/entities-ledger';
import {
  fromBalanceItem,
  fromClaimItem,
  fromTransactionItem,
  toBalanceItem,
  toClaimItem,
  toTransactionItem,
} from '@cnop/entities-ledger/table';
import { makeBalance, makePosting, makeTransaction } from '@cnop/entities-ledger/testing';
import type { EntityFuzz } from '../entity-fuzz.ts';
import { exampleValues } from '../example-values.ts';

const { at, page, stamp, transactionId, username: owner } = exampleValues;
const claim = {
  owner: 'ann',
  actor: 'root',
  key: 'a#1',
  requestHash: 'h-1',
  transactionId: '01JGKX3V5W8Z9Y7T6S4R2Q1P0N',
  status: 'REFUSED',
  refusal: '{}',
  createdAt: at,
  writeId: 'w-1',
} as const;
const fill = { priceMinor: 5n, priceScale: 2, quantityMinor: 3n, quantityScale: 0, side: 'BUY' } as const;
const entry = makeTransaction({ orderId: 'o-1', fill, description: 'x', actor: 'root', idempotencyKey: 'k-1' });

/** What is fuzzed of balances, their journal and its keys. */
export const balanceFuzz: EntityFuzz = {
  library: 'entities-ledger',
  examples: {
    minorSchema: [12n],
    signedMinorSchema: [-12n],
    scaleSchema: [2],
    adjustmentRequestSchema: [{ code: 'BTC', amount: '-0.5', description: 'x' }],
    amountSchema: [{ code: 'USD', amountMinor: -1n, scale: 2 }],
    balanceResponseSchema: [toBalanceResponse(makeBalance())],
    balanceListResponseSchema: [toBalanceListResponse([makeBalance()])],
    balanceStatusSchema: ['FROZEN'],
    balanceTransactionCreateSchema: [
      { owner: 'ann', transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100n, pending: true, description: 'x' },
      {
        owner: 'ann',
        transactionType: 'SYSTEM_ADJUSTMENT',
        code: 'BTC',
        amountMinor: -5n,
        scale: 8,
        idempotencyKey: 'k-1',
        actor: 'root',
      },
    ],
    balanceTransactionListResponseSchema: [
      toBalanceTransactionListResponse({ items: [makeTransaction()], nextCursor: 'AAAA' }),
    ],
    balanceTransactionResponseSchema: [toBalanceTransactionResponse(makeTransaction())],
    balanceTransactionSchema: [makeTransaction({ description: 'x', actor: 'root', idempotencyKey: 'k-1' })],
    balanceUpdateSchema: [{ status: 'ACTIVE' }],
    balanceSchema: [makeBalance()],
    cashRequestSchema: [{ code: 'USD', amount: '12.50', description: 'x' }],
    fillSchema: [{ priceMinor: 5n, priceScale: 2, quantityMinor: 3n, quantityScale: 0, side: 'BUY' }],
    sideSchema: ['SELL'],
    bucketSchema: ['held'],
    postingSchema: [makePosting()],
    transactionStatusSchema: ['PENDING'],
    transactionTypeSchema: ['ORDER_HOLD'],
  },
  readers: [
    { name: 'fromBalanceItem', read: fromBalanceItem, item: toBalanceItem(makeBalance()) },
    { name: 'fromTransactionItem', read: fromTransactionItem, item: toTransactionItem(entry, stamp) },
    { name: 'fromClaimItem', read: fromClaimItem, item: toClaimItem(claim) },
  ],
  dao: {
    name: 'BalanceDao',
    open: (database) => new BalanceDao({ database }),
    calls: {
      createBalance: [{ owner, code: 'BTC', scale: 8 }],
      findBalance: [owner, 'USD'],
      getBalance: [owner, 'USD'],
      listBalances: [owner],
      updateBalance: [{ owner, code: 'USD', status: 'FROZEN' }],
      createTransaction: [
        {
          owner,
          transactionType: 'DEPOSIT',
          code: 'USD',
          amountMinor: 100n,
          idempotencyKey: 'k-1',
          description: 'x',
        },
      ],
      getTransaction: [owner, transactionId],
      getUserTransactions: [{ owner, transactionType: 'DEPOSIT', ...page }],
      updateTransactionStatus: [{ owner, transactionId, status: 'COMPLETED' }],
    },
  },
};
