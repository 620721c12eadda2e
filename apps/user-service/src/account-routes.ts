import type { BalanceDao } from '@cnop/dao-ledger';
import type { Database } from '@cnop/database-core';
import {
  balanceListResponseSchema,
  balanceResponseSchema,
  balanceTransactionListResponseSchema,
  balanceTransactionResponseSchema,
  toBalanceListResponse,
  toBalanceResponse,
  toBalanceTransactionListResponse,
  toBalanceTransactionResponse,
  transactionStatusSchema,
  transactionTypeSchema,
} from '@cnop/entities-ledger';
import { noQuery } from '@cnop/middleware';
import { getPortfolio, portfolioResponseSchema, toPortfolioResponse } from '@cnop/portfolio';
import { balanceCodeSchema, pageSchema, transactionIdSchema } from '@cnop/validation';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';

/** What the routes that show an account work with. */
export interface AccountRoutesOptions {
  readonly database: Database;
  readonly balances: BalanceDao;
}

const tags = ['account'];
const config = { access: 'authenticated' } as const;
const querystring = pageSchema.extend({
  type: transactionTypeSchema.optional(),
  status: transactionStatusSchema.optional(),
  code: balanceCodeSchema.optional(),
});

/** `/v1/balances`, `/v1/transactions` and `/v1/portfolio`: what one has, what moved it, and what it is worth. */
export const accountRoutes: FastifyPluginCallbackZod<AccountRoutesOptions> = (service, options, done) => {
  const { database, balances } = options;

  service.get(
    '/v1/balances',
    {
      config,
      schema: {
        tags,
        operationId: 'listBalances',
        summary: 'Lists all balances, by code.',
        querystring: noQuery,
        response: { 200: balanceListResponseSchema },
      },
    },
    async ({ user }) => toBalanceListResponse(await balances.listBalances(user.username)),
  );
  service.get(
    '/v1/balances/:code',
    {
      config,
      schema: {
        tags,
        operationId: 'getBalance',
        summary: 'Shows the balance of one currency or asset.',
        querystring: noQuery,
        params: z.strictObject({ code: balanceCodeSchema }),
        response: { 200: balanceResponseSchema },
      },
    },
    async ({ user, params: { code } }) => toBalanceResponse(await balances.getBalance(user.username, code)),
  );
  service.get(
    '/v1/transactions',
    {
      config,
      schema: {
        tags,
        operationId: 'listTransactions',
        summary: 'Lists the journal, newest first.',
        querystring,
        response: { 200: balanceTransactionListResponseSchema },
      },
    },
    async ({ user: { username }, query: { type: transactionType, ...list } }) =>
      toBalanceTransactionListResponse(
        await balances.getUserTransactions({ ...list, owner: username, transactionType }),
      ),
  );
  service.get(
    '/v1/transactions/:transactionId',
    {
      config,
      schema: {
        tags,
        operationId: 'getTransaction',
        summary: 'Shows one entry of the journal.',
        querystring: noQuery,
        params: z.strictObject({ transactionId: transactionIdSchema }),
        response: { 200: balanceTransactionResponseSchema },
      },
    },
    async ({ user, params: { transactionId } }) =>
      toBalanceTransactionResponse(await balances.getTransaction(user.username, transactionId)),
  );
  service.get(
    '/v1/portfolio',
    {
      config,
      schema: {
        tags,
        operationId: 'getPortfolio',
        summary: 'Shows cash and holdings, each holding at the current price with its time, and totals.',
        querystring: noQuery,
        response: { 200: portfolioResponseSchema },
      },
    },
    async ({ user }) => toPortfolioResponse(await getPortfolio(database, user.username)),
  );
  done();
};
