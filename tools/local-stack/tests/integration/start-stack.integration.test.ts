import { setTimeout as sleep } from 'node:timers/promises';
import { startStack } from '../../src/start-stack.ts';
import { placeOrder } from '../support/place-order.ts';

beforeAll(() => {
  delete process.env['DYNAMODB_ENDPOINT'];
  delete process.env['CNOP_DYNAMODB'];
});

describe(startStack, () => {
  it('keeps the prices fresh at which orders are executed', async () => {
    const lines: string[] = [];
    const stack = await startStack({ port: 0, refreshEveryMs: 50 }, (line) => lines.push(line));
    const { body: first } = await placeOrder(stack.url, { quantity: '1' });
    await sleep(1_200);

    const { body: later } = await placeOrder(stack.url, { quantity: '1' });
    await stack.stop();

    expect(Date.parse(later.priceAsOf!)).toBeGreaterThan(Date.parse(first.priceAsOf!) + 500);
    expect(lines).toEqual([expect.stringMatching(/^DynamoDB: /)]);
    await expect(fetch(stack.url)).rejects.toThrow();
  });
});
