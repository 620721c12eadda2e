import type { OrderResponse } from '@cnop/entities-order';

/** Sends an order of the user `demo` for the stock MSFT, at 28.80 USD. */
export async function placeOrder(url: string, fields: object) {
  const answer = await fetch(`${url}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'demo', orderType: 'MARKET_BUY', assetId: 'MSFT', ...fields }),
  });
  const replayed = answer.headers.get('idempotency-replayed') === 'true';

  return { status: answer.status, replayed, body: (await answer.json()) as OrderResponse };
}
