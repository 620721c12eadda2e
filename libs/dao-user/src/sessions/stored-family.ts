import { readItems, type RawItem } from '@cnop/database-core';
import type { User } from '@cnop/entities-user';
import {
  fromSessionItem,
  fromUserItem,
  sessionKey,
  userItemExtras,
  userKey,
  type Session,
} from '@cnop/entities-user/table';
import type { UsersContext } from '../users-table.ts';
import type { RefreshToken } from './refresh-token.ts';

/** A user as far as sessions go. */
export interface SessionOwner {
  readonly user: User;
  /** The epoch of the sessions that are good now. */
  readonly sessionEpoch: number;
}

/** A family of tokens as stored, with its user; what is absent is not stored. */
export interface StoredFamily {
  readonly owner?: SessionOwner | undefined;
  readonly session?: Session | undefined;
}

/** The owner in the item of a profile. */
export const sessionOwnerIn = (profile: RawItem): SessionOwner => ({
  user: fromUserItem(profile),
  sessionEpoch: userItemExtras(profile).sessionEpoch ?? 0,
});

/** Reads user and session of a token at once, strongly consistent. Costs 2 read units. */
export async function readFamily(
  { database, table }: UsersContext,
  { username, familyId }: RefreshToken,
): Promise<StoredFamily> {
  const { sk: profileKey } = userKey(username);
  const keys = [userKey(username), sessionKey(username, familyId)];
  const items = await readItems(database, { tableName: table.tableName, keys });
  const profile = items.find(({ sk }) => sk === profileKey);
  const session = items.find(({ sk }) => sk !== profileKey);

  return { owner: profile && sessionOwnerIn(profile), session: session && fromSessionItem(session) };
}
