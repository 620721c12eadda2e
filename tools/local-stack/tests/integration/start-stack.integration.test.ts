import { eventually } from '@cnop/testing';
import { openAccount } from '../../src/open-account.ts';
import { startStack, type RunningStack } from '../../src/start-stack.ts';
import { placeOrder } from '../support/place-order.ts';

beforeAll(() => {
  delete process.env['DYNAMODB_ENDPOINT'];
  delete process.env['CNOP_DYNAMODB'];
});

const noLimit = { maxEventLoopDelayMs: Infinity };
let stack: RunningStack;

afterEach(() => stack.stop());

describe(startStack, () => {
  it('keeps the prices fresh at which orders are executed', async () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    stack = await startStack({ port: 0, refreshEveryMs: 50, loadShedding: noLimit }, { log });
    const { accessToken } = await openAccount({ url: stack.url, deposit: '10000.00' });
    const priceAsOf = async () => {
      const { status, body } = await placeOrder(stack.url, accessToken, { quantity: '0.05' });
      expect(status).toBe(201);
      return body.priceAsOf!;
    };
    const first = await priceAsOf();

    await eventually('an order is executed at a fresher price', async () => (await priceAsOf()) > first);
    await stack.stop();

    expect(lines).toEqual([expect.stringMatching(/^DynamoDB: /)]);
    await expect(fetch(stack.url)).rejects.toThrow();
  });

  it('names the answer that stands in the way of an account', async () => {
    stack = await startStack({ port: 0, loadShedding: noLimit }, { log: () => undefined });

    await expect(openAccount({ url: stack.url, deposit: '0.001' })).rejects.toThrow(/^\/v1\/deposits answered 400: /);
  });
});
