import type { TransactionAction } from '@cnop/database-core';
import { fromUserItem, userKey } from '@cnop/entities-user/table';
import { UserNotActiveError, UserNotFoundError } from '@cnop/exceptions';
import { ConditionCheck } from 'dynamodb-toolbox/entity/actions/transactCheck';
import type { UsersTable } from './users-table.ts';

/** Checks that the user exists and is not deleted, so that no money enters an account nobody can reach. */
export function userPresentAction({ profile }: UsersTable, username: string): TransactionAction {
  const { ConditionCheck: check } = profile
    .build(ConditionCheck)
    .key(userKey(username))
    .condition({
      and: [
        { attr: 'pk', exists: true },
        { attr: 'status', ne: 'DELETED' },
      ],
    })
    .params();

  return {
    write: { ConditionCheck: check },
    onConditionFailed: (oldItem) =>
      oldItem
        ? new UserNotActiveError({ username, status: fromUserItem(oldItem).status })
        : new UserNotFoundError({ username }),
  };
}
