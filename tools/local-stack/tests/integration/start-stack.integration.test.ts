import { setTimeout as sleep } from 'node:timers/promises';
import { openAccount } from '../../src/open-account.ts';
import { startStack } from '../../src/start-stack.ts';
import { placeOrder } from '../support/place-order.ts';

beforeAll(() => {
  delete process.env['DYNAMODB_ENDPOINT'];
  delete process.env['CNOP_DYNAMODB'];
});

describe(startStack, () => {
  it('keeps the prices fresh at which orders are executed', async () => {
    const lines: string[] = [];
    const stack = await startStack({ port: 0, refreshEveryMs: 50 }, { log: (line) => void lines.push(line) });
    const { accessToken } = await openAccount({ url: stack.url, deposit: '100.00' });
    const { body: first } = await placeOrder(stack.url, accessToken, { quantity: '1' });
    await sleep(1_200);

    const { body: later } = await placeOrder(stack.url, accessToken, { quantity: '1' });
    await stack.stop();

    expect(Date.parse(later.priceAsOf!)).toBeGreaterThan(Date.parse(first.priceAsOf!) + 500);
    expect(lines).toEqual([expect.stringMatching(/^DynamoDB: /)]);
    await expect(fetch(stack.url)).rejects.toThrow();
  });

  it('names the answer that stands in the way of an account', async () => {
    const stack = await startStack({ port: 0 }, { log: () => undefined });

    await expect(openAccount({ url: stack.url, deposit: '0.001' })).rejects.toThrow(/^\/v1\/deposits answered 400: /);
    await stack.stop();
  });
});
