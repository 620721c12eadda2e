import { OrderDao } from '@cnop/dao-order';
import { inventoryErrors } from '@cnop/entities-inventory';
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
import { hostileTexts } from '../../src/hostile.ts';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { cannedDatabase } from '../support/canned-database.ts';
import { exampleOf } from '../support/examples.ts';
import { isPolluted } from '../support/purity.ts';

const parties = { issuer: 'https://cnop.example', audience: 'cnop' };
const noLimit = { max: 1e9, windowMs: 60_000 };
const order = exampleOf('orderCreateSchema');
let service: Service;
let authorization: string;

/** The route over a database without orders and a market without assets. */
beforeAll(async () => {
  const database = cannedDatabase(answerWith({ Responses: [{}] }));
  const priceSource = {
    getQuote: (assetId: string) => Promise.reject(new inventoryErrors.AssetNotFoundError({ assetId })),
  };
  const issuer = await createTokenIssuer({ keys: { keys: [await generateSigningKey()] }, ...parties });
  const { accessToken } = await issuer.issue({ username: 'ann', role: 'customer', sessionEpoch: 0 });
  const metrics = createMetrics({ processMetrics: false });

  authorization = `Bearer ${accessToken}`;
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
  const flow = createOrderFlow({ database, priceSource });
  await service.register(orderRoutes, { flow, orders: new OrderDao({ database }), metrics });
});

afterAll(() => service.close());

/** What JSON can say of a value; a text that is no JSON where it can say nothing. */
function jsonOf(value: unknown): string {
  try {
    const replacer = (_: string, part: unknown) => (typeof part === 'bigint' ? part.toString() : part);
    const json: unknown = JSON.stringify(value, replacer);
    return typeof json === 'string' ? json : '';
  } catch {
    return '[';
  }
}

const json = jsonOf(order);
const bodies = fc.oneof(
  { weight: 4, arbitrary: spoil(order).map(({ value }) => jsonOf(value)) },
  {
    weight: 1,
    arbitrary: fc.tuple(hostileTexts, fc.nat(60)).map(([text, at]) => json.slice(0, at) + text + json.slice(at)),
  },
);
const headers = fc.record(
  {
    'idempotency-key': fc.string({ unit: fc.constantFrom(' ', '!', '#', 'a', 'z', '~', 'é', '\u00ff'), maxLength: 70 }),
    'content-type': fc.constantFrom('application/json', 'application/json; charset=latin1', 'text/plain', '', '/'),
  },
  { requiredKeys: [] },
);

it('POST /v1/orders returns a problem document with a status of 4xx, whatever it is sent', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, headers, async (payload, given) => {
      const { statusCode, ...response } = await service.inject({
        method: 'POST',
        url: '/v1/orders',
        payload,
        headers: { 'content-type': 'application/json', ...given, authorization },
      });

      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(JSON.parse(response.body)).toMatchObject({
        status: statusCode,
        code: expect.stringMatching(/^[A-Z_]+$/) as string,
      });
      expect(Math.floor(statusCode / 100)).toBe(4);
      expect(isPolluted()).toBe(false);
    }),
    runs(400),
  );
});
