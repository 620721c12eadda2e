import type { BalanceDao, TransactionResult } from '@cnop/dao-ledger';
import {
  type BalanceTransactionResponse,
  balanceTransactionResponseSchema,
  type CashRequest,
  cashRequestSchema,
  toBalanceTransactionResponse,
} from '@cnop/entities-ledger';
import { findIdempotencyKey, markReplayed, noQuery } from '@cnop/middleware';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';

/** Whether a deposit counts at once, or waits until an administrator settles it. */
export type Settlement = 'immediate' | 'deferred';

/** What the routes of deposits and withdrawals work with. */
export interface MoneyRoutesOptions {
  readonly balances: BalanceDao;
  readonly settlement: Settlement;
}

const config = { access: 'authenticated', idempotent: true } as const;
const schema = {
  tags: ['money'],
  querystring: noQuery,
  body: cashRequestSchema,
  response: { 201: balanceTransactionResponseSchema },
};

/** `/v1/deposits` and `/v1/withdrawals`: one's own money in and out, in registered currencies. */
export const moneyRoutes: FastifyPluginCallbackZod<MoneyRoutesOptions> = (service, options, done) => {
  const { balances, settlement } = options;

  service.post(
    '/v1/deposits',
    {
      config,
      schema: { ...schema, operationId: 'deposit', summary: 'Deposits money; PENDING where settlement is deferred.' },
    },
    async (request, reply) => {
      const deposit = { ...movementOf(request, request.body), transactionType: 'DEPOSIT' } as const;
      const pending = settlement === 'deferred' && { pending: true };

      return sendTransaction(reply.code(201), await balances.createTransaction({ ...deposit, ...pending }));
    },
  );
  service.post(
    '/v1/withdrawals',
    {
      config,
      schema: { ...schema, operationId: 'withdraw', summary: 'Withdraws money that the available balance covers.' },
    },
    async (request, reply) => {
      const withdrawal = { ...movementOf(request, request.body), transactionType: 'WITHDRAW' } as const;

      return sendTransaction(reply.code(201), await balances.createTransaction(withdrawal));
    },
  );
  done();
};

function movementOf(request: FastifyRequest, cash: CashRequest) {
  return {
    ...cash,
    owner: request.user.username,
    idempotencyKey: findIdempotencyKey(request),
  };
}

/** The answer that shows a journal entry, marked if an earlier request had made it. */
export function sendTransaction(
  reply: FastifyReply,
  { transaction, replayed }: TransactionResult,
): BalanceTransactionResponse {
  markReplayed(reply, replayed);
  return toBalanceTransactionResponse(transaction);
}
