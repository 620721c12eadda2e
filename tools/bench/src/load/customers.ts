import { openAccount, type Account } from '@cnop/local-stack';

/** Registers customers with plenty of cash one after another, over HTTP as anybody would. */
export async function openCustomers(url: string, count: number): Promise<Account[]> {
  const customers: Account[] = [];

  while (customers.length < count) customers.push(await openAccount({ url, deposit: '1000000000.00' }));
  return customers;
}
