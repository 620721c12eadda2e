import { orderIdFor, type OrderCreate } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import {
  market,
  noAmounts,
  ownerOfAccount,
  tradeChange,
  type Amounts,
  type PlacedOrder,
  type World,
} from './market.ts';
import { entriesWhere, keyOfStep } from './money-operations.ts';
import type { ReadOperation, WriteOperation } from './operation.ts';
import { FencedOrder } from './order-operations.ts';
import type { Step } from './plan.ts';

/** No price of a simulation comes near: what waits for it goes on to hold until it is cancelled or expires. */
const farPriceMinor = 100_000n;
/** The dearest that a buy is filled at, above what triggers it: a price may jump over it. */
const collarMinor = 400n;

const priceText = (minor: bigint): string => formatDecimal(minor, market.priceScale);
const quantityText = (minor: bigint): string => formatDecimal(minor, market.decimals);
/** So little that many an account has enough; even the smallest sale leaves something after its fee at the lowest price. */
const quantityOf = ({ amount }: Step): bigint => BigInt(2_000 + Math.floor(amount / 8));

/** An order that waits. */
interface WaitingTerms {
  readonly orderType: OrderCreate['orderType'];
  readonly prices: Readonly<Record<string, string>>;
  /** The dearest price of a buy, which its hold follows from. */
  readonly dearest?: bigint;
  readonly quantityMinor?: bigint;
}

/** What a step lets wait near the price, or far from it. */
function termsOf(step: Step, priceMinor: bigint): WaitingTerms {
  const nearMinor = BigInt(1 + (step.amount % 100));
  const below = priceText(priceMinor > nearMinor ? priceMinor - nearMinor : 1n);
  const dearest = priceMinor + nearMinor + collarMinor;
  const [far, stopPrice] = [priceText(farPriceMinor), priceText(priceMinor + nearMinor)];
  const [trailAmount, maxPrice] = [priceText(nearMinor), priceText(dearest)];
  const otherwise: WaitingTerms = { orderType: 'LIMIT_SELL', prices: { limitPrice: far } };
  const terms: Partial<Record<Step['kind'], WaitingTerms>> = {
    'wait-to-buy': {
      orderType: 'STOP_LOSS_BUY',
      prices: { stopPrice: far, maxPrice: far },
      dearest: farPriceMinor,
      // So much at so high a price that many an account has too little.
      quantityMinor: BigInt(1 + Math.floor(step.amount / 1_000)),
    },
    'stop-to-buy': { orderType: 'STOP_LOSS_BUY', prices: { stopPrice, maxPrice }, dearest },
    'trail-to-buy': { orderType: 'TRAILING_STOP_BUY', prices: { trailAmount, maxPrice }, dearest },
    'stop-to-sell': { orderType: 'STOP_LOSS_SELL', prices: { stopPrice: below } },
    'trail-to-sell': { orderType: 'TRAILING_STOP_SELL', prices: { trailAmount } },
  };

  return terms[step.kind] ?? otherwise;
}

/** Lets an order wait that holds money or the asset. Some expire in between. */
export function letWait(step: Step, { orders, prices }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const idempotencyKey = keyOfStep(step);
  const orderId = orderIdFor(owner, idempotencyKey);
  const { orderType, prices: given, dearest, quantityMinor = quantityOf(step) } = termsOf(step, prices.at(-1) ?? 1n);
  let expiresAt: string | undefined;
  // A buy holds what it would pay, with its fee; a sale what it would sell.
  const held: Amounts =
    dearest === undefined
      ? { ...noAmounts, asset: -quantityMinor }
      : { ...noAmounts, cash: tradeChange('buy', quantityMinor, dearest).cash };

  return {
    effect: `wait ${orderId}`,
    owner,
    find: (tables) => {
      const first = tables.orders.find((order) => order.orderId === orderId)?.holdTransactionId;
      return entriesWhere(({ transactionId }) => transactionId === first)(tables);
    },
    possibleChanges: () => [held],
    // The price has moved since its client looked, or the time has passed.
    refusals: ['ORDER_WOULD_TRIGGER', 'LIMIT_ON_WRONG_SIDE', 'TRAIL_TOO_WIDE', 'EXPIRY_OUT_OF_RANGE'],
    call: async ({ flow, database }) => {
      expiresAt ??= new Date(database.clock.now().getTime() + 1 + 2 * step.amount).toISOString();
      const { order: placed, replayed } = await flow.placeOrder({
        owner,
        order: {
          ...given,
          orderType,
          assetId: market.assetId,
          quantity: quantityText(quantityMinor),
          ...(step.target === 0 && { expiresAt }),
        } as OrderCreate,
        idempotencyKey,
      });
      if (placed.holdTransactionId === undefined) throw new FencedOrder();
      orders.push({ owner, orderId, holds: true });

      return { id: placed.holdTransactionId, change: held, replayed };
    },
  };
}

/** Amends how much an order is for: it holds more, or less. */
export const amend = (step: Step, { owner, orderId }: PlacedOrder): ReadOperation => ({
  call: async ({ flow }) => {
    const quantityMinor = quantityOf(step);
    const amendment = { quantity: quantityText(quantityMinor) };
    const { order } = await flow.amendOrder({ orderId, owner, amendment });
    const problem = order.quantityMinor === quantityMinor ? undefined : `${orderId} is not as it was amended`;

    return { seen: [], problem };
  },
});

/** Works off the ticks of the asset and what has expired, as a worker does that may be killed. */
export const work = (): ReadOperation => ({
  call: async ({ engine }) => {
    await engine.workTicks(market.assetId);
    await engine.sweep(market.assetId);
    await engine.sweepExpiries();
    return { seen: [] };
  },
});
