import { UserDao } from '@cnop/dao-user';
import { createAccessCheck } from '@cnop/dao-user/access';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { sharedErrors } from '@cnop/exceptions';
import { createTokenIssuer } from '@cnop/middleware';
import type { ServiceDefinition } from '@cnop/middleware/service';
import { ensureFirstUsers } from './first-users.ts';
import { userRoutes } from './user-routes.ts';
import { userSettings, type UserSettings } from './user-settings.ts';

/** What is wrong with the keys, by the name of their variable; whatever cannot sign is wrong too. */
function namingVariable(error: unknown): Error {
  const given = sharedErrors.ConfigurationError.is(error) ? error.details.settings : [];
  const settings = given.length > 0 ? given : [{ setting: 'keys', rule: 'must be keys that can sign' }];

  return new sharedErrors.ConfigurationError({
    settings: settings.map(({ setting, rule }) => ({
      setting: setting === 'keys' ? 'CNOP_SIGNING_KEYS' : setting,
      rule,
    })),
  });
}

/** Users, sessions, balances and the journal; it signs the access tokens of all services. */
export const userService: ServiceDefinition<UserSettings> = {
  name: 'user-service',
  title: 'CNOP users',
  tables: [usersTableShape, ledgerTableShape, inventoryTableShape],
  settings: userSettings,
  compose: async ({ settings: { keys, firstUsers, ...options }, database, tokens }) => {
    const issuer = await createTokenIssuer({ ...tokens, keys }).catch((error: unknown) => {
      throw namingVariable(error);
    });
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
