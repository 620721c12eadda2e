import { join } from 'node:path';
import type { OrderResponse } from '@cnop/entities-order';
import { startProgram } from '@cnop/testing';
import type { RunningStack } from '../../src/start-stack.ts';

const main = join(__dirname, '../../src/main.ts');

/**
 * Starts the local stack as a process of its own, with a DynamoDB in its own order of preference; `killPrograms` ends what a test leaves
 * running. What it reads from the output rejects when the process ends before it is printed.
 */
export function startMain(settings: NodeJS.ProcessEnv) {
  const busy = { CNOP_MAX_EVENT_LOOP_DELAY_MS: '3600000' };
  const env = { ...process.env, DYNAMODB_ENDPOINT: '', CNOP_DYNAMODB: '', ...busy, ...settings };
  const program = startProgram(main, { env, execArgv: ['--conditions=@cnop/source'] });
  const part = async (pattern: RegExp) => (await program.printed(pattern))[1]!;

  return {
    ...program,
    dynamoDb: () => part(/^DynamoDB: .* at (http\S+)$/m),
    adminPassword: () => part(/^User of the role admin: admin (\S+)$/m),
    url: () => part(/^Serving .* at (http[^\s,]+), /m),
  };
}

/** Sends an order for the stock MSFT, at 28.80 USD. */
export async function placeOrder(url: string, accessToken: string, fields: object) {
  const response = await fetch(`${url}/v1/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ orderType: 'MARKET_BUY', assetId: 'MSFT', ...fields }),
  });
  const replayed = response.headers.get('idempotency-replayed') === 'true';

  return { status: response.status, replayed, body: (await response.json()) as OrderResponse };
}

/** One of the orders of a user. */
export async function findOrder(url: string, accessToken: string, orderId: string): Promise<OrderResponse> {
  const response = await fetch(`${url}/v1/orders/${orderId}`, { headers: { authorization: `Bearer ${accessToken}` } });

  return (await response.json()) as OrderResponse;
}

/** Sets the price of the stock MSFT, as of now by the clock of the stack. @returns the status of the response. */
export async function setPrice(stack: RunningStack, accessToken: string, price: string): Promise<number> {
  const asOf = stack.database.clock.now().toISOString();
  const response = await fetch(`${stack.url}/v1/assets/MSFT/price`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ price, asOf, source: 'test' }),
  });

  return response.status;
}
