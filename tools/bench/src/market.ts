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

/** The amounts of a trade, as bigints or, for the contenders that know none, as numbers: exact only while they are small. */
export interface Amounts<TAmount> {
  readonly quantityMinor: TAmount;
  readonly priceMinor: TAmount;
  readonly notionalMinor: TAmount;
}

/** The amounts of the benchmark's market as numbers. */
export const numberAmounts: Amounts<number> = {
  quantityMinor: Number(market.quantityMinor),
  priceMinor: Number(market.priceMinor),
  notionalMinor: Number(market.notionalMinor),
};

const { owner, assetId, currency, quantityScale, priceScale, currencyScale, priceAsOf, priceSource } = market;

/** The key of an order. */
export const orderKey = (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' });

/** The key of an item of the benchmark's owner. */
export const ledgerKey = (sk: string) => ({ pk: `OWNER#${owner}`, sk });

/** Makes the items of a trade, without their keys. */
export function createItems<TAmount>({ quantityMinor, priceMinor, notionalMinor }: Amounts<TAmount>, minus: TAmount) {
  const order = ({ clientOrderId, requestHash, writeId, at }: Trade, status: 'PENDING' | 'COMPLETED') => ({
    owner,
    clientOrderId,
    orderType: 'MARKET_BUY' as const,
    status,
    assetId,
    currency,
    quantityMinor,
    quantityScale,
    priceScale,
    currencyScale,
    createdAt: at,
    updatedAt: at,
    version: 1,
    assetCreatedAt: `${assetId}#${at}`,
    statusCreatedAt: `${status}#${at}`,
    requestHash,
    writeId,
    schemaVersion: 1,
  });

  const fill = ({ transactionId, at }: Trade) => ({
    transactionId,
    priceMinor,
    quantityMinor,
    notionalMinor,
    executedAt: at,
  });

  return {
    /** The fill of an order. */
    fill,
    /** An order that is not executed yet. */
    pendingOrder: (trade: Trade) => order(trade, 'PENDING'),
    /** The order with its fill. */
    completedOrder: (trade: Trade) => ({
      ...order(trade, 'COMPLETED'),
      endedAt: trade.at,
      priceAsOf,
      priceSource,
      fills: [fill(trade)],
    }),
    /** The journal entry. */
    entry: ({ orderId, at, writeId }: Trade) => ({
      schemaVersion: 1,
      transactionType: 'ORDER_PAYMENT' as const,
      status: 'COMPLETED' as const,
      postings: [
        { code: currency, bucket: 'available' as const, amountMinor: minus, scale: currencyScale },
        { code: assetId, bucket: 'available' as const, amountMinor: quantityMinor, scale: quantityScale },
      ],
      orderId,
      fill: { priceMinor, priceScale, quantityMinor, quantityScale, side: 'BUY' as const },
      createdAt: at,
      updatedAt: at,
      writeId,
    }),
  };
}
