import { randomUUID } from 'node:crypto';
import type { Opened } from './service.ts';

/** What callers do to the service until they are told to end. */
export interface OrderLoad {
  /** How many requests have been answered. */
  requests(): number;
  /** Resolves when every caller has had its last answer. Rejects when an answer was not the one that was due. */
  stop(): Promise<void>;
}

interface Request {
  readonly due: number;
  readonly body?: object;
}

/**
 * So many callers, each going through the same round again and again: a buy, its repeat, a sell of the same, a sell of more than there is, an
 * order that no schema lets pass, a look at the service's health.
 */
export function startOrderLoad(service: Opened, callers: number): OrderLoad {
  let ended = false;
  let answered = 0;

  const call = async () => {
    while (!ended) {
      for (const request of roundOf(randomUUID())) {
        await send(service, request);
        answered += 1;
      }
    }
  };
  const work = Promise.all(Array.from({ length: callers }, call));
  work.catch(() => {
    ended = true;
  });

  return {
    requests: () => answered,
    stop: async () => {
      ended = true;
      await work;
    },
  };
}

function roundOf(key: string): Request[] {
  const order = { assetId: 'IBM', quantity: '0.01' };
  const buy = { ...order, orderType: 'MARKET_BUY', clientOrderId: `b-${key}` };
  const sell = { ...order, orderType: 'MARKET_SELL' };

  return [
    { due: 201, body: buy },
    { due: 201, body: buy },
    { due: 201, body: { ...sell, clientOrderId: `s-${key}` } },
    { due: 422, body: { ...sell, quantity: '1000000', clientOrderId: `m-${key}` } },
    { due: 400, body: { ...sell, quantity: '-1', clientOrderId: `n-${key}` } },
    { due: 200 },
  ];
}

async function send({ url, accessToken }: Opened, { body, due }: Request): Promise<void> {
  const answer = await (body
    ? fetch(`${url}/v1/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
        body: JSON.stringify(body),
      })
    : fetch(`${url}/health`));
  const text = await answer.text();

  if (answer.status !== due) throw new Error(`The service answered ${answer.status} in place of ${due}: ${text}`);
}
