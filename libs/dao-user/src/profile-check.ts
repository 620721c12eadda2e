import type { Database, WriteAction } from '@cnop/database-core';
import { userErrors } from '@cnop/entities-user';
import { fromUserItem, userKey } from '@cnop/entities-user/table';
import { ConditionCheck } from 'dynamodb-toolbox/entity/actions/transactCheck';
import { usersEntities } from './users-entities.ts';

/**
 * The check that an owner of balances is a user who exists and is not deleted, so that no money enters an account that nobody can reach:
 * the `ownerCheck` of a `BalanceDao`. A ConditionCheck on the profile, 2 write units.
 *
 * Its condition fails with UserNotFoundError or UserNotActiveError.
 *
 * @example
 * const balances = getBalanceDao(database, { ownerCheck: profileCheck(database) });
 */
export function profileCheck(database: Database): (username: string) => WriteAction {
  const { profile } = usersEntities(database);

  return (username) => {
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
          ? new userErrors.UserNotActiveError({ username, status: fromUserItem(oldItem).status })
          : new userErrors.UserNotFoundError({ username }),
    };
  };
}
