import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '@cnop/database-core';
import { usersTableShape } from '@cnop/entities-user/shape';
import { toEmailClaimItem, toUserItem } from '@cnop/entities-user/table';
import { makeUser } from '@cnop/entities-user/testing';
import type { UserStatus } from '@cnop/entities-user';
import type { Services } from './services.ts';

/** What one run works with: names of its own, the tables, and the services of a process; without faults, except in a row's `call`. */
export interface World extends Services {
  readonly username: string;
  /** The same, as the owner of balances and orders. */
  readonly owner: string;
  /** The user's email address, and another one. */
  readonly emails: readonly [first: string, second: string];
  readonly assetId: string;
  /** The id of an item of any other kind: letters and digits. */
  readonly itemId: string;
  readonly database: Database;
  /** What the row's `before` returned: the id or the token that the call is about. */
  readonly given: string;
  /** The id that the caller was told, in a row's `look`. */
  readonly knownId?: string | undefined;
}

/** The asset that is traded in all worlds, in whole units at 1.00 USD. */
export const gold = 'GOLD';

/** The first password of each user: a hash of the least cost, since it is verified in most runs. */
export const firstPassword = {
  text: 'the password before',
  hash: '$argon2id$v=19$m=8,t=1,p=1$eGVJMNtc5HBxw3GqmGLu1g$XZQwHKsp9V1WmyHI10JOLCn26SMu31cj892JUDCgkPQ',
};

/** The n-th world, with nothing in it yet. */
export function createWorld(services: Services, database: Database, n: number): World {
  const name = `w${String(n).padStart(6, '0')}`;
  const emails = [`${name}@first.example`, `${name}@second.example`] as const;

  const names = { username: name, owner: name, emails, assetId: name.toUpperCase(), itemId: name };
  return inWorld(services, { ...names, database, given: '' });
}

/** A world as another process sees it, or with more known of it. Services stay unopened until they are used. */
export const inWorld = (services: Services, world: Omit<World, keyof Services>): World =>
  Object.assign(Object.create(services) as Services, world);

/** The user whose world a text names, if it names one. */
export const usernameIn = (text: string): string | undefined => /\bw\d{6}\b/.exec(text)?.[0];

/** Stores the user with the first email address, past the DAO: hashing a password takes longer than all the rest. */
export async function addUser(
  { database, username, emails }: Pick<World, 'database' | 'username' | 'emails'>,
  status: UserStatus = 'ACTIVE',
): Promise<void> {
  const user = makeUser({ username, email: emails[0], status });
  const profile = toUserItem(user, { passwordHash: firstPassword.hash, writeId: 'matrix' });
  const claim = toEmailClaimItem({ email: user.email, username, createdAt: user.createdAt, writeId: 'matrix' });
  const RequestItems = {
    [database.tableName(usersTableShape.name)]: [profile, claim].map((Item) => ({ PutRequest: { Item } })),
  };

  await database.writer.send(new BatchWriteCommand({ RequestItems }));
}

/** A balance in USD as a fact. */
export const cash = (available: number, { in: deposited = 1000, out = 0, version = 1, status = 'ACTIVE' }): string =>
  `USD available ${available} held 0 by 0 in ${deposited} out ${out} ${status} v${version}`;

/** A balance in gold as a fact. */
export const goldBalance = (available: number, version: number): string =>
  `GOLD available ${available} held 0 by 0 in 0 out 0 ACTIVE v${version}`;

/** One thing after another; the last text that one returns, an id or a token, is `given` to those that follow, and is returned. */
export const inTurn =
  (...steps: readonly ((world: World) => Promise<unknown>)[]) =>
  async (world: World): Promise<string> => {
    let { given } = world;
    for (const step of steps) {
      const result = await step(inWorld(world, { ...world, given }));
      if (typeof result === 'string') given = result;
    }
    return given;
  };

/** A user with that many cents. */
export const funded = (cents: bigint) => inTurn(addUser, (world) => deposit(world, cents));

/** Who receives what the owner transfers. */
export const receiverOf = ({ username }: Pick<World, 'username'>): string => `${username}-r`;

/** Registers who receives. */
export const addReceiver = (world: World): Promise<void> =>
  addUser({ ...world, username: receiverOf(world), emails: [`${receiverOf(world)}@third.example`, ''] });

/** Deposits cents. */
export async function deposit({ balances, owner }: World, amountMinor: bigint): Promise<void> {
  await balances.createTransaction({ owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor });
}

/** A user with that much gold, in whole units. */
export const withGold = (amountMinor: bigint) => inTurn(addUser, (world) => adjustGold(world, amountMinor));

/** Adds gold, or takes it away if negative, in whole units. */
export async function adjustGold({ balances, owner }: World, amountMinor: bigint): Promise<void> {
  const adjustment = { owner, transactionType: 'SYSTEM_ADJUSTMENT', code: gold, scale: 0 } as const;
  await balances.createTransaction({ ...adjustment, amountMinor });
}
