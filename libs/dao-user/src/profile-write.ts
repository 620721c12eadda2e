import { executeWrite, type Database, type RawItem, type WriteAction } from '@cnop/database-core';
import { type User, userErrors } from '@cnop/entities-user';
import { fromUserItem, userKey } from '@cnop/entities-user/table';
import { type DomainError, sharedErrors } from '@cnop/exceptions';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $remove } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { administratorActions } from './administrators.ts';
import type { UserChange } from './user-inputs.ts';
import { usersEntities } from './users-entities.ts';
import type { UsersContext } from './users-table.ts';

/** A change of a profile, if it still is as it was read. */
export interface ProfileWrite {
  readonly operation: string;
  readonly before: User;
  readonly changes: UserChange['changes'];
  /** Whether all sessions of the user end with it. */
  readonly endsSessions: boolean;
  readonly stamp: WriteStamp;
  readonly actions?: readonly WriteAction[];
}

/** What one call leaves on what it writes. */
export interface WriteStamp {
  readonly updatedAt: string;
  readonly writeId: string;
}

/** The mark of a call. */
export const stampOf = ({ clock, ids }: Database): WriteStamp => ({
  updatedAt: clock.now().toISOString(),
  writeId: ids.ulid(),
});

/**
 * Writes the change, and gives the profile's item as it then is where a single write tells.
 *
 * Every change of a profile raises its version, so that what was read before holds at the write.
 *
 * @throws UserNotFoundError, VersionConflictError, OutcomeUnknownError, LastAdminError, and what the actions name.
 */
export async function writeProfile(context: UsersContext, write: ProfileWrite): Promise<RawItem | undefined> {
  const { operation, before, changes, endsSessions, stamp, actions = [] } = write;
  const { username, version: expectedVersion } = before;
  const after = { role: changes.role ?? before.role, status: changes.status ?? before.status };
  const { updatedAt } = stamp;
  const { phone, dateOfBirth, ...others } = changes;
  const { Update } = usersEntities(context.database)
    .profile.build(UpdateTransaction)
    .item({
      ...userKey(username),
      ...others,
      ...(phone !== undefined && { phone: phone ?? $remove() }),
      ...(dateOfBirth !== undefined && { dateOfBirth: dateOfBirth ?? $remove() }),
      ...(endsSessions && { sessionEpoch: $add(1) }),
      updatedAt,
      version: $add(1),
      writeId: stamp.writeId,
    })
    .options({ condition: { attr: 'version', eq: expectedVersion } })
    .params();

  const { item } = await executeWrite(context.database, {
    operation,
    reference: { username },
    guard: {
      write: { Update },
      writeId: stamp.writeId,
      onConditionFailed: (oldItem, earlierAttemptUnknown) => versionRefusal(write, oldItem, earlierAttemptUnknown),
    },
    actions: [...actions, ...administratorActions(context.database, { username, before, after, updatedAt })],
  });
  return item;
}

/** With an earlier attempt of unknown outcome, a version more than one ahead may hide that it took effect. */
function versionRefusal(
  { operation, before: { username, version: expectedVersion } }: ProfileWrite,
  oldItem: RawItem | undefined,
  earlierAttemptUnknown: boolean,
): DomainError {
  if (!oldItem) return new userErrors.UserNotFoundError({ username });

  const { version } = fromUserItem(oldItem);
  return earlierAttemptUnknown && version > expectedVersion + 1
    ? new sharedErrors.OutcomeUnknownError({ operation, username })
    : new sharedErrors.VersionConflictError({ resource: 'user', expectedVersion, currentVersion: version });
}
