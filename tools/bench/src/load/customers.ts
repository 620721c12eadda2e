import { randomUUID } from 'node:crypto';

/** Somebody who can pay for many orders. */
export interface Customer {
  readonly username: string;
  /** For the header `authorization`. */
  readonly authorization: string;
}

/** Registers customers one after another, logs them in and has each deposit; all over HTTP, as anybody would. */
export async function openCustomers(url: string, count: number): Promise<Customer[]> {
  const customers: Customer[] = [];

  while (customers.length < count) customers.push(await openCustomer(url, `load-${customers.length}`));
  return customers;
}

async function openCustomer(url: string, username: string): Promise<Customer> {
  const password = `Load-${randomUUID()}`;
  const person = { email: `${username}@example.com`, firstName: 'Load', lastName: 'Test' };

  await post(`${url}/v1/auth/register`, { username, password, ...person });
  const { accessToken } = (await post(`${url}/v1/auth/login`, { username, password })) as { accessToken: string };
  const authorization = `Bearer ${accessToken}`;
  await post(`${url}/v1/deposits`, { code: 'USD', amount: '1000000000.00' }, { authorization });

  return { username, authorization };
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${url} answered ${answer.status}: ${await answer.text()}`);

  return await answer.json();
}
