import type { PriceSource } from '@cnop/entities-inventory';
import { makeOrderCreate } from '@cnop/entities-order/testing';
import { AssetNotFoundError } from '@cnop/exceptions';
import { createOrderFlow } from '@cnop/flow-order';
import { createHealthRegistry } from '@cnop/health';
import { buildOrderService } from '@cnop/order-service';
import { answerWith } from '@cnop/testing';
import fc from 'fast-check';
import { hostileTexts } from '../../src/hostile-texts.ts';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { isPolluted } from '../support/clean-data.ts';
import { cannedDatabase } from '../support/canned-database.ts';

const priceSource: PriceSource = {
  getQuote: (assetId) => Promise.reject(new AssetNotFoundError({ assetId })),
};
/** There is no such order yet, whichever is asked for. */
const database = cannedDatabase(answerWith({ Responses: [{}] }));
const flow = createOrderFlow({ database, priceSource });
const service = buildOrderService({ flow, health: createHealthRegistry() });
const order = { username: 'ann', ...makeOrderCreate(), clientOrderId: 'a-1' };

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

describe('POST /orders', () => {
  it('answers whatever it is sent with a problem document of the client’s fault, or with that of the order', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, headers, async (payload, given) => {
        const answer = await service.inject({
          method: 'POST',
          url: '/orders',
          payload,
          headers: { 'content-type': 'application/json', ...given },
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
