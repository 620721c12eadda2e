import { type RawItem, StoredItem } from '@cnop/utils';
import { Role } from '../role.ts';
import { UserStatus } from '../user-status.ts';

/** What decides whether a user may act. */
export interface UserAccess {
  readonly role: Role;
  readonly status: UserStatus;
  /** Counts how often all sessions of the user were ended at once. */
  readonly sessionEpoch: number;
}

/** The attributes of a profile that {@link userAccessIn} reads: all that a service needs which only asks whether a user may act. */
export const accessAttributes = ['role', 'status', 'sessionEpoch'] as const;

/**
 * What decides whether a user may act, in her profile or in those attributes of it.
 *
 * @throws Error naming the attribute that is malformed.
 */
export function userAccessIn(raw: RawItem): UserAccess {
  const stored = new StoredItem({ kind: 'user', raw });

  return {
    role: stored.oneOf('role', Object.values(Role)),
    status: stored.oneOf('status', Object.values(UserStatus)),
    sessionEpoch: stored.optionalInteger('sessionEpoch') ?? 0,
  };
}
