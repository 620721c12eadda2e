/** One market order with all that is drawn or computed for it, so that every contender stores the same. */
export interface Trade {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly transactionId: string;
  readonly requestHash: string;
  readonly writeId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** What all trades of the benchmark have in common: 1.5 BTC at 64 250.00 EUR. */
export const market = {
  owner: 'grace.hopper',
  assetId: 'BTC',
  currency: 'EUR',
  quantity: '1.5',
  quantityMinor: 150_000_000n,
  quantityScale: 8 as number,
  priceMinor: 6_425_000n,
  priceScale: 2 as number,
  notionalMinor: 9_637_500n,
  currencyScale: 2 as number,
  priceAsOf: '2026-01-02T03:04:05.000Z',
  priceSource: 'bench',
} as const;

/** The table names that every contender uses. */
export const tables = { ledger: 'bench-ledger', orders: 'bench-orders', inventory: 'bench-inventory' } as const;

/** Makes trades that differ from one another, at next to no cost. */
export function createTrades(): () => Trade {
  let count = 0;

  return () => {
    count += 1;
    const number = String(count).padStart(12, '0');

    return {
      orderId: `0b0e7c5a-1111-5222-8333-${number}`,
      clientOrderId: `client-order-${number}`,
      transactionId: `01KBENCH000000${number}`,
      requestHash: `hX0dJxGZ8v1mQ7nU2c5bT9aLw4eRyKpS${number}`,
      writeId: `01KBENCH111111${number}`,
      at: '2026-01-02T03:04:06.789Z',
    };
  };
}
