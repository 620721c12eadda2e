import type { AssetDao } from '@cnop/dao-inventory';
import type { BalanceDao } from '@cnop/dao-ledger';
import type { UserDao } from '@cnop/dao-user';
import { adjustmentRequestSchema, balanceTransactionResponseSchema } from '@cnop/entities-ledger';
import { toUserResponse, userResponseSchema } from '@cnop/entities-user';
import { findIdempotencyKey, noBody, noQuery } from '@cnop/middleware';
import { currencyScale, isCurrencyCode, transactionIdSchema, usernameSchema } from '@cnop/validation';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { sendTransaction } from './money-routes.ts';

/** What the routes of administrators work with. */
export interface AdminRoutesOptions {
  readonly users: UserDao;
  readonly balances: BalanceDao;
  readonly assets: Pick<AssetDao, 'getAsset'>;
}

const shared = { tags: ['administration'], querystring: noQuery };
const config = { access: { roles: ['admin'] } } as const;
const userPath = z.strictObject({ username: usernameSchema });
const transactionPath = userPath.extend({ transactionId: transactionIdSchema });

/** `/v1/users/{username}/…`: what an administrator does to a user's account; the journal keeps which administrator it was. */
export const adminRoutes: FastifyPluginCallbackZod<AdminRoutesOptions> = (service, options, done) => {
  const { users, balances, assets } = options;
  const scaleOf = async (code: string) =>
    isCurrencyCode(code) ? currencyScale(code) : (await assets.getAsset(code)).decimals;

  service.post(
    '/v1/users/:username/adjustments',
    {
      config: { ...config, idempotent: true },
      schema: {
        ...shared,
        operationId: 'adjustBalance',
        summary: 'Adds to a balance, or takes from it.',
        params: userPath,
        body: adjustmentRequestSchema,
        response: { 201: balanceTransactionResponseSchema },
      },
    },
    async (request, reply) => {
      const result = await balances.createTransaction({
        ...request.body,
        owner: request.params.username,
        transactionType: 'SYSTEM_ADJUSTMENT',
        scale: await scaleOf(request.body.code),
        idempotencyKey: findIdempotencyKey(request),
        actor: request.user.username,
      });

      return sendTransaction(reply.code(201), result);
    },
  );
  for (const [step, status, summary] of settlements) {
    service.post(
      `/v1/users/:username/transactions/:transactionId/${step}`,
      {
        config: { ...config, replayed: true },
        schema: {
          ...shared,
          operationId: `${step}Transaction`,
          summary,
          params: transactionPath,
          body: noBody,
          response: { 200: balanceTransactionResponseSchema },
        },
      },
      async ({ params: { username: owner, transactionId } }, reply) =>
        sendTransaction(reply, await balances.updateTransactionStatus({ owner, transactionId, status })),
    );
  }
  service.post(
    '/v1/users/:username/suspend',
    {
      config,
      schema: {
        ...shared,
        operationId: 'suspendUser',
        summary: 'Suspends a user and ends their sessions.',
        params: userPath,
        body: noBody,
        response: { 200: userResponseSchema },
      },
    },
    async ({ params: { username } }) => toUserResponse(await users.suspendUser(username)),
  );
  service.post(
    '/v1/users/:username/reinstate',
    {
      config,
      schema: {
        ...shared,
        operationId: 'reinstateUser',
        summary: 'Lets a suspended user in again.',
        params: userPath,
        body: noBody,
        response: { 200: userResponseSchema },
      },
    },
    async ({ params: { username } }) => toUserResponse(await users.reinstateUser(username)),
  );
  done();
};

const settlements = [
  ['complete', 'COMPLETED', 'Settles a pending deposit.'],
  ['fail', 'FAILED', 'Gives up a pending deposit.'],
] as const;
