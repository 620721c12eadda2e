import * as fc from 'fast-check';
import { flatFee, needOf, type Order } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const INITIAL = 10_000_000_000n;

interface Run {
  readonly feeBps: number;
  readonly isBuy: boolean;
  /** Of prices in thousandths and quantities in millionths, or of whole units in cents. */
  readonly isFine: boolean;
  readonly limitMinor: bigint;
  /** The quantities of the fills, and by how much each price is better than the limit. */
  readonly fills: readonly { readonly quantityMinor: bigint; readonly betterMinor: bigint }[];
  /** Whether the last of them is left out, and the venue ends the order. */
  readonly isEnded: boolean;
}

const run: fc.Arbitrary<Run> = fc.record({
  feeBps: fc.integer({ min: 1, max: 1_000 }),
  isBuy: fc.boolean(),
  isFine: fc.boolean(),
  limitMinor: fc.bigInt({ min: 1_000n, max: 9_999n }),
  fills: fc.array(
    fc.record({
      quantityMinor: fc.bigInt({ min: 1n, max: 99_999n }),
      betterMinor: fc.bigInt({ min: 0n, max: 900n }),
    }),
    { minLength: 1, maxLength: 32 },
  ),
  isEnded: fc.boolean(),
});

/** ⌈a / b⌉ and ⌊a / b⌋ of what is not negative. */
const divide = (a: bigint, b: bigint, up: boolean) => (a + (up ? b - 1n : 0n)) / b;

describe('the money of an order that a venue fills', () => {
  it('is what the fills and their fees say, and what is held is what is needed, after each of up to 32 fills', async () => {
    await fc.assert(fc.asyncProperty(run, check), { numRuns: 25 });
  });
});

async function check({ feeBps, isBuy, isFine, limitMinor, fills, isEnded }: Run): Promise<void> {
  const scales = isFine ? { priceScale: 3, decimals: 6 } : { priceScale: 2, decimals: 0 };
  const assetId = await exchange.list({ execution: 'VENUE', ...scales, minQuantity: '1', minNotional: '0.01' });
  const toCents = 10n ** BigInt(scales.priceScale + scales.decimals - 2);
  const amounts = fills.map(({ quantityMinor, ...rest }) => ({
    ...rest,
    // Large enough that a sale brings more than its fee.
    quantityMinor: isFine ? quantityMinor + 100_000n : quantityMinor,
  }));
  const totalMinor = amounts.reduce((sum, { quantityMinor }) => sum + quantityMinor, isFine ? 1_000_000n : 0n);
  await exchange.tick(assetId, isBuy ? '500' : '0.01');
  const cash = '100000000.00';
  const owner = await exchange.trader({ EUR: cash, [assetId]: formatDecimal(totalMinor, scales.decimals) });
  const { flow } = exchange.connect({ flow: { feeSchedule: flatFee(feeBps) } });
  const order = {
    orderType: isBuy ? 'LIMIT_BUY' : 'LIMIT_SELL',
    assetId,
    quantity: formatDecimal(totalMinor, scales.decimals),
    limitPrice: formatDecimal(limitMinor, scales.priceScale),
  } as PlaceOrder['order'];
  let current: Order = (await flow.placeOrder({ owner, order })).order;
  let cashMinor = INITIAL;
  let remainingMinor = totalMinor;

  const expectMoney = async () => {
    const balances = new Map((await exchange.balances.listBalances(owner)).map((each) => [each.code, each]));
    const { EUR, asset } = { EUR: balances.get('EUR'), asset: balances.get(assetId) };
    const heldMinor = remainingMinor > 0n && current.endedAt === undefined ? needOf(current) : 0n;

    expect(current.heldMinor).toBe(heldMinor);
    expect([EUR?.heldMinor, asset?.heldMinor]).toEqual(isBuy ? [heldMinor, 0n] : [0n, heldMinor]);
    expect((EUR?.availableMinor ?? 0n) + (EUR?.heldMinor ?? 0n)).toBe(cashMinor);
    expect((asset?.availableMinor ?? 0n) + (asset?.heldMinor ?? 0n)).toBe(
      isBuy ? totalMinor + totalMinor - remainingMinor : remainingMinor,
    );
    expect(EUR?.availableMinor).toBeGreaterThanOrEqual(0n);
  };

  await expectMoney();
  for (const [index, { quantityMinor: asked, betterMinor }] of amounts.entries()) {
    const isLast = index === amounts.length - 1;
    if (isLast && isEnded) break;
    const quantityMinor = isLast ? remainingMinor : asked;
    const priceMinor = isBuy ? limitMinor - betterMinor : limitMinor + betterMinor;
    const notional = divide(priceMinor * quantityMinor, toCents, isBuy);
    const fee = divide(notional * BigInt(feeBps), 10_000n, true);

    ({ order: current } = await flow.executeOrder({
      orderId: current.orderId,
      venueFillId: `f-${index}`,
      quantity: formatDecimal(quantityMinor, scales.decimals),
      price: formatDecimal(priceMinor, scales.priceScale),
    }));
    cashMinor += isBuy ? -notional - fee : notional - fee;
    remainingMinor -= quantityMinor;
    await expectMoney();
  }
  if (remainingMinor > 0n) {
    ({ order: current } = await flow.confirmEnd({ orderId: current.orderId }));
    await expectMoney();
  }
}
