import { getAssetDao } from '@cnop/dao-inventory';
import { BalanceDao } from '@cnop/dao-ledger';
import { getUserDao, profileCheck, SessionDao } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { publishKeys, type RouteLimits, type TokenIssuer } from '@cnop/middleware';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { accountRoutes } from './account-routes.ts';
import { adminRoutes } from './admin-routes.ts';
import { authRoutes } from './auth-routes.ts';
import { moneyRoutes, type Settlement } from './money-routes.ts';
import { profileRoutes } from './profile-routes.ts';

/** What the routes of the user service work with. */
export interface UserRoutesOptions {
  readonly database: Database;
  readonly issuer: TokenIssuer;
  /** Default `immediate`. */
  readonly settlement?: Settlement;
  /** The ISO 4217 codes that may be deposited and withdrawn. Default: all of them. */
  readonly currencies?: readonly string[];
  /** For each address, on each route of `/v1/auth`. Default 20 a minute. */
  readonly authLimits?: RouteLimits;
}

/** Everything of the user service: authentication, profile, account, money, administration, and the public keys of its tokens. */
export const userRoutes: FastifyPluginAsyncZod<UserRoutesOptions> = async (service, options) => {
  const { database, issuer, settlement = 'immediate', currencies, authLimits } = options;
  const users = getUserDao(database);
  const sessions = new SessionDao({ database });
  const balances = new BalanceDao({
    database,
    ownerCheck: profileCheck(database),
    ...(currencies && { currencies }),
  });

  await service.register(publishKeys, { issuer });
  await service.register(authRoutes, { users, sessions, issuer, ...(authLimits && { limits: authLimits }) });
  await service.register(profileRoutes, { users });
  await service.register(accountRoutes, { database, balances });
  await service.register(moneyRoutes, { balances, settlement });
  await service.register(adminRoutes, { users, balances, assets: getAssetDao(database) });
};
