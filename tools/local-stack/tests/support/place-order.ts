import type { OrderResponse } from '@cnop/entities-order';

/** Sends an order for the stock MSFT, at 28.80 USD. */
export async function placeOrder(url: string, accessToken: string, fields: object) {
  const answer = await fetch(`${url}/v1/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ orderType: 'MARKET_BUY', assetId: 'MSFT', ...fields }),
  });
  const replayed = answer.headers.get('idempotency-replayed') === 'true';

  return { status: answer.status, replayed, body: (await answer.json()) as OrderResponse };
}

/** Logs in, and answers with the access token. */
export async function logIn(url: string, credentials: { readonly username: string; readonly password: string }) {
  const { username, password } = credentials;
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  const { accessToken = '' } = (await answer.json()) as { accessToken?: string };

  return { status: answer.status, accessToken };
}
