import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '@cnop/database-core';
import { usersTableShape } from '@cnop/entities-user/shape';
import { toEmailClaimItem, toUserItem } from '@cnop/entities-user/table';
import { makeUser } from '@cnop/entities-user/testing';
import type { UserStatus } from '@cnop/entities-user';
import { firstPassword } from './first-password.ts';
import { gold, type Host } from './host.ts';
import type { Services } from './services.ts';
import type { WorldNames } from './world-names.ts';

/** What one run happens in: names of its own, and the services of a process that nothing befalls. */
export interface World extends WorldNames {
  readonly database: Database;
  readonly services: Services;
}

/** A world in which there is nothing yet. */
export const createWorld = ({ database, services }: Host, names: WorldNames): World => ({
  ...names,
  database,
  services,
});

/** Puts the user with her first address straight into the table: to hash a password takes longer than all the rest. */
export async function addUser(world: World, status: UserStatus = 'ACTIVE'): Promise<void> {
  const { database, username, addresses } = world;
  const user = makeUser({ username, email: addresses[0], status });
  const profile = toUserItem(user, { passwordHash: firstPassword.hash, writeId: 'matrix' });
  const claim = toEmailClaimItem({ email: user.email, username, createdAt: user.createdAt, writeId: 'matrix' });
  const puts = [profile, claim].map((Item) => ({ PutRequest: { Item } }));

  await database.writer.send(
    new BatchWriteCommand({ RequestItems: { [database.tableName(usersTableShape.name)]: puts } }),
  );
}

/** A user with this much, in cents. */
export async function addFundedUser(world: World, amountMinor: bigint): Promise<void> {
  await addUser(world);
  await deposit(world, amountMinor);
}

/** Deposits, in cents. */
export async function deposit({ services, username }: World, amountMinor: bigint): Promise<void> {
  await services.balances.createTransaction({ owner: username, transactionType: 'DEPOSIT', code: 'USD', amountMinor });
}

/** Gives gold, or takes it away when negative, in whole units. */
export async function giveGold({ services, username }: World, amountMinor: bigint): Promise<void> {
  const gift = { owner: username, transactionType: 'SYSTEM_ADJUSTMENT', code: gold, scale: 0 } as const;
  await services.balances.createTransaction({ ...gift, amountMinor });
}

/** Buys three of gold for 300 cents. */
export async function buyGold({ services, username }: World): Promise<string> {
  const order = { orderType: 'MARKET_BUY', assetId: gold, quantity: '3', clientOrderId: 'bought' } as const;
  return (await services.flow.placeOrder({ owner: username, order })).order.orderId;
}
