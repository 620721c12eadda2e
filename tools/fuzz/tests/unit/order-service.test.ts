import { inventoryErrors, type PriceSource } from '@cnop/entities-inventory';
import { OrderDao } from '@cnop/dao-order';
import { makeOrderCreate } from '@cnop/entities-order/testing';
import { createOrderFlow } from '@cnop/flow-order';
import { createHealthRegistry } from '@cnop/health';
import {
  createMetrics,
  createService,
  createTokenIssuer,
  createTokenVerifier,
  generateSigningKey,
  type Service,
} from '@cnop/middleware';
import { orderRoutes } from '@cnop/order-service';
import { answerWith } from '@cnop/testing';
import fc from 'fast-check';
import { hostileTexts } from '../../src/hostile-texts.ts';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { isPolluted } from '../support/clean-data.ts';
import { cannedDatabase } from '../support/canned-database.ts';

const priceSource: PriceSource = {
  getQuote: (assetId) => Promise.reject(new inventoryErrors.AssetNotFoundError({ assetId })),
};
/** There is no such order yet, whichever is asked for. */
const database = cannedDatabase(answerWith({ Responses: [{}] }));
const parties = { issuer: 'https://cnop.example', audience: 'cnop' };
const noLimit = { max: 1e9, windowMs: 60_000 };
const order = { ...makeOrderCreate(), clientOrderId: 'a-1' };
let service: Service;
let authorization: string;

beforeAll(async () => {
  const issuer = await createTokenIssuer({ keys: { keys: [await generateSigningKey()] }, ...parties });
  const { accessToken } = await issuer.issue({ username: 'ann', role: 'customer', sessionEpoch: 0 });
  authorization = `Bearer ${accessToken}`;
  const metrics = createMetrics({ processMetrics: false });
  service = await createService({
    openApi: { title: 'Orders', version: '1.0.0' },
    health: createHealthRegistry(),
    metrics,
    authentication: {
      verifier: createTokenVerifier({ keys: issuer.publicKeys, ...parties }),
      users: { isActive: () => Promise.resolve(true) },
    },
    rateLimits: { address: noLimit, user: noLimit },
    loadShedding: { maxEventLoopDelayMs: Infinity },
    server: { logging: { name: 'fuzz', level: 'silent' } },
  });
  await service.register(orderRoutes, {
    flow: createOrderFlow({ database, priceSource }),
    orders: new OrderDao({ database }),
    metrics,
  });
});

afterAll(() => service.close());

/** What JSON can say of a spoiled body, the rest left out; or a text that is no JSON. */
const bodies = fc.oneof(
  { weight: 4, arbitrary: spoil(order).map(({ value }) => jsonOf(value)) },
  { weight: 1, arbitrary: fc.record({ text: hostileTexts, at: fc.nat(60) }).map(({ text, at }) => spliced(text, at)) },
);

function jsonOf(value: unknown): string {
  try {
    const json: unknown = JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'bigint' ? part.toString() : part,
    );
    return typeof json === 'string' ? json : '';
  } catch {
    return '[';
  }
}

function spliced(text: string, at: number): string {
  const json = JSON.stringify(order);

  return json.slice(0, at) + text + json.slice(at);
}

const headers = fc.record(
  {
    'idempotency-key': fc.string({ unit: fc.constantFrom(' ', '!', '#', 'a', 'z', '~', 'é', '\u00ff'), maxLength: 70 }),
    'content-type': fc.constantFrom('application/json', 'application/json; charset=latin1', 'text/plain', '', '/'),
  },
  { requiredKeys: [] },
);

describe('POST /v1/orders', () => {
  it('answers whatever it is sent with a problem document of the client’s fault, or with that of the order', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, headers, async (payload, given) => {
        const answer = await service.inject({
          method: 'POST',
          url: '/v1/orders',
          payload,
          headers: { 'content-type': 'application/json', ...given, authorization },
        });
        const problem = answer.json<{ readonly status: number; readonly code: string }>();

        expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
        expect(problem).toMatchObject({
          status: answer.statusCode,
          code: expect.stringMatching(/^[A-Z_]+$/) as string,
        });
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
        expect(answer.statusCode).toBeLessThan(500);
        expect(isPolluted()).toBe(false);
      }),
      runs(400),
    );
  });
});
