/** What several examples have. */
export const exampleValues = {
  at: '2026-01-02T03:04:05.678Z',
  username: 'ann',
  orderId: '0190a5f2-7c1e-7b3a-9d4e-1f2a3b4c5d6e',
  transactionId: '01JGKX3V5W8Z9Y7T6S4R2Q1P0N',
  metadata: { desk: 'north', 'ref.no': '17' },
  /** The cursor is of no query. */
  page: { limit: 5, cursor: 'AAAA' },
  stamp: { requestHash: 'h-1', writeId: 'w-1' },
} as const;
