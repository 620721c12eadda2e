import { OrderType, type OrderResponse } from '@cnop/entities-order';
import type { TokenResponse } from '@cnop/entities-user';
import { checkLedger } from '@cnop/ledger-audit';
import fc from 'fast-check';
import { requestOf, type KnownValues } from '../../src/fuzz-request.ts';
import { register, tokenOf, useStack } from '../support/use-stack.ts';

const { database, stack } = useStack();
/** Requests to each operation. */
const numRuns = 40;

describe('every route, with requests made from the OpenAPI document', () => {
  it('responds as the document says, without a fault, and leaves a clean ledger', async () => {
    const { client, contract, stop } = stack();
    const [trader, other] = [await register(stack(), '100000.00'), await register(stack(), '500.00')];
    const { body: order } = await client.send<OrderResponse>('POST /v1/orders', {
      token: trader.accessToken,
      body: { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '5' },
    });
    // A session of its own: a log-out ends the access tokens of its session too.
    const { username, password } = other;
    const { body: session } = await client.send<TokenResponse>('POST /v1/auth/login', { body: { username, password } });
    const known: KnownValues = {
      tokens: [
        trader.accessToken,
        other.accessToken,
        await tokenOf(stack(), 'admin'),
        await tokenOf(stack(), 'price-feed'),
        await tokenOf(stack(), 'venue'),
      ],
      values: {
        username: [trader.username, other.username],
        orderId: [order.orderId],
        transactionId: [order.fills[0]!.transactionId],
        assetId: ['MSFT', 'IBM', 'AAPL'],
        code: ['USD', 'MSFT'],
        amount: ['1', '0.01', '12.50'],
        quantity: ['1', '0.001', '2.5'],
        price: ['1.00', '12.5'],
        asOf: ['2026-01-01T00:00:00.000Z'],
        'Idempotency-Key': ['k-1', 'k-2'],
        clientOrderId: ['k-1', 'k-2'],
        refreshToken: [session.refreshToken],
        orderType: Object.values(OrderType),
        limitPrice: ['1.00', '100000'],
        stopPrice: ['1.00', '100000'],
        trailPercent: ['5'],
        venueFillId: ['f-1'],
      },
    };
    const statuses = new Map<number, number>();

    // A stream that is opened does not end.
    for (const operation of contract.operations.filter(({ operationId }) => operationId !== 'streamOrders')) {
      await fc.assert(
        fc.asyncProperty(requestOf(operation, known), async ({ method, target, ...sent }) => {
          const { status } = await client.send(`${method} ${target as `/${string}`}`, sent);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);

          if (status >= 500) throw new Error(`${method} ${target} returned ${status}.`);
        }),
        { numRuns, endOnFailure: true },
      );
    }

    // The fuzz reaches behind the schemas, and not only into them.
    for (const status of [200, 201, 400, 401, 403, 404, 409])
      expect([status, statuses.get(status)]).not.toEqual([status, undefined]);
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
    expect(await stop()).toEqual({ code: 0, stderr: '' });
    expect(stack().log()).not.toContain('"level":50');
  });
});
