import {
  balanceItemSchema,
  claimItemSchema,
  emailClaimItemSchema,
  loginItemSchema,
  sessionItemSchema,
  transactionItemSchema,
  userItemSchema,
} from '@cnop/entities-user/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/** The condition under which an item is put that must not be there yet. */
export const absent = { attr: 'pk', exists: false } as const;

/** The toolbox entity of each kind of item in the users table. */
export function openUsersEntities(tableName: string) {
  const table = new Table({
    name: tableName,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });
  const plain = { table, entityAttribute: false, timestamps: false } as const;

  return {
    profile: new Entity({ ...plain, name: 'User', schema: userItemSchema }),
    emailClaim: new Entity({ ...plain, name: 'EmailClaim', schema: emailClaimItemSchema }),
    balance: new Entity({ ...plain, name: 'Balance', schema: balanceItemSchema }),
    transaction: new Entity({ ...plain, name: 'BalanceTransaction', schema: transactionItemSchema }),
    claim: new Entity({ ...plain, name: 'Claim', schema: claimItemSchema }),
    session: new Entity({ ...plain, name: 'Session', schema: sessionItemSchema }),
    login: new Entity({ ...plain, name: 'Login', schema: loginItemSchema }),
  };
}

/** What {@link openUsersEntities} gives. */
export type UsersEntities = ReturnType<typeof openUsersEntities>;
