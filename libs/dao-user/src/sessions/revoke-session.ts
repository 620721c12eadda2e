import { executeWrite } from '@cnop/database-core';
import { sessionKey, type SessionRevocation } from '@cnop/entities-user/table';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { usersEntities } from '../users-entities.ts';
import type { UsersContext } from '../users-table.ts';
import { decodeRefreshToken, type RefreshToken } from './refresh-token.ts';

/** Ends the session that a token belongs to. */
export async function revokeSession(context: UsersContext, text: string): Promise<void> {
  const token = decodeRefreshToken(text);

  if (token) await endSession(context, token, 'LOGOUT');
}

/** Marks a session as ended, once. One that is over, or that nobody has, stays as it is. */
export async function endSession(
  { database }: UsersContext,
  { username, familyId }: RefreshToken,
  revokedFor: SessionRevocation,
): Promise<void> {
  const writeId = database.ids.ulid();
  const { Update } = usersEntities(database)
    .session.build(UpdateTransaction)
    .item({
      ...sessionKey(username, familyId),
      revokedAt: database.clock.now().toISOString(),
      revokedFor,
      writeId,
    })
    .options({
      condition: {
        and: [
          { attr: 'pk', exists: true },
          { attr: 'revokedAt', exists: false },
        ],
      },
    })
    .params();

  await executeWrite(database, {
    operation: 'revokeSession',
    reference: { username },
    guard: { write: { Update }, writeId, onConditionFailed: () => undefined },
  });
}
