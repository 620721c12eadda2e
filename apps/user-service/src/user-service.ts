import { UserDao } from '@cnop/dao-user';
import { createAccessCheck } from '@cnop/dao-user/access';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { createTokenIssuer } from '@cnop/middleware';
import type { ServiceDefinition } from '@cnop/middleware/service';
import { ensureFirstUsers } from './first-users.ts';
import { userRoutes } from './user-routes.ts';
import { userSettings, type UserSettings } from './user-settings.ts';

/** Users, sessions, balances and the journal; it signs the access tokens of all services. */
export const userService: ServiceDefinition<UserSettings> = {
  name: 'user-service',
  title: 'CNOP users',
  tables: [usersTableShape, ledgerTableShape, inventoryTableShape],
  settings: userSettings,
  compose: async ({ settings: { keys, firstUsers, ...options }, database, tokens }) => {
    const issuer = await createTokenIssuer({ ...tokens, keys });
    const users = new UserDao({ database });

    return {
      users: createAccessCheck({ reader: users }),
      keys: issuer.publicKeys,
      addRoutes: async (service) => {
        await service.register(userRoutes, { ...options, database, issuer });
      },
      prepare: () => ensureFirstUsers(users, firstUsers),
    };
  },
};
