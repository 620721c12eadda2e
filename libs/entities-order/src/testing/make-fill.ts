import type { OrderFill } from '../order-fill.ts';

/** A valid fill: by default 10 at 150.25, at scales 0 and 2. A changed price or quantity wants its notional changed too. */
export function makeFill(overrides: Partial<OrderFill> = {}): OrderFill {
  return {
    transactionId: '01KE6X5Z3V7Q2M9T4B8N1C0DFG',
    priceMinor: 15_025n,
    quantityMinor: 10n,
    notionalMinor: 150_250n,
    executedAt: '2026-01-05T09:30:00.000Z',
    ...overrides,
  };
}
