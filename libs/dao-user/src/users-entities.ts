import { preparedOnce, type Database } from '@cnop/database-core';
import { usersTableShape } from '@cnop/entities-user/shape';
import {
  administratorsItemSchema,
  emailClaimItemSchema,
  loginItemSchema,
  sessionItemSchema,
  userItemSchema,
} from '@cnop/entities-user/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/**
 * The toolbox entity of each kind of item in the users table, made once for all DAOs over a database.
 *
 * They are asked for inside functions, never part of a type: no declaration that a consumer compiles names the toolbox.
 */
export const usersEntities = (database: Database) => preparedOnce(database, declareEntities);

function declareEntities(database: Database) {
  const table = new Table({
    name: database.tableName(usersTableShape.name),
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });
  const plain = { table, entityAttribute: false, timestamps: false } as const;

  return {
    profile: new Entity({ ...plain, name: 'User', schema: userItemSchema }),
    emailClaim: new Entity({ ...plain, name: 'EmailClaim', schema: emailClaimItemSchema }),
    session: new Entity({ ...plain, name: 'Session', schema: sessionItemSchema }),
    login: new Entity({ ...plain, name: 'Login', schema: loginItemSchema }),
    administrators: new Entity({ ...plain, name: 'Administrators', schema: administratorsItemSchema }),
  };
}
