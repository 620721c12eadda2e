import type { TransactionStatus } from '@cnop/entities-ledger';
import { settlementAnswer } from '../answers.ts';
import type { MatrixRow, Scene } from '../row.ts';
import { addUser, type World } from '../world.ts';

type FinalStatus = Exclude<TransactionStatus, 'PENDING'>;

const place = { method: 'BalanceDao.updateTransactionStatus', identity: 'item', looksAt: ['account'] } as const;
const pending = 'entry DEPOSIT PENDING USD+250';

/** A user with a deposit that waits to be settled. */
async function addPendingDeposit(world: World): Promise<string> {
  const { services, username: owner } = world;
  const deposit = { owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 250n, pending: true } as const;

  await addUser(world);
  return (await services.balances.createTransaction(deposit)).transaction.transactionId;
}

const settlement = ({ username: owner }: World, transactionId: string, status: FinalStatus): Scene => ({
  call: async ({ balances }) =>
    settlementAnswer(await balances.updateTransactionStatus({ owner, transactionId, status })),
});

const settles = (status: FinalStatus) => async (world: World) =>
  settlement(world, await addPendingDeposit(world), status);

/** Everything that `BalanceDao.updateTransactionStatus` may come to. */
export const settlementRows: readonly MatrixRow[] = [
  {
    ...place,
    name: 'complete a pending deposit',
    effect: [`- ${pending}`, '+ entry DEPOSIT COMPLETED USD+250', '+ USD available 250 held 0 in 250 out 0 ACTIVE v1'],
    prepare: settles('COMPLETED'),
  },
  {
    ...place,
    name: 'fail a pending deposit',
    effect: [`- ${pending}`, '+ entry DEPOSIT FAILED USD+250'],
    prepare: settles('FAILED'),
  },
  {
    ...place,
    name: 'cancel a pending deposit',
    effect: [`- ${pending}`, '+ entry DEPOSIT CANCELLED USD+250'],
    prepare: settles('CANCELLED'),
  },
  {
    ...place,
    name: 'complete a deposit that has failed',
    effect: [],
    refusal: 'TRANSACTION_NOT_PENDING',
    prepare: async (world) => {
      const transactionId = await addPendingDeposit(world);
      await settlement(world, transactionId, 'FAILED').call(world.services);
      return settlement(world, transactionId, 'COMPLETED');
    },
  },
  {
    ...place,
    name: 'complete a deposit of a deleted user',
    effect: [],
    refusal: 'USER_NOT_ACTIVE',
    prepare: async (world) => {
      const { username: owner, services } = world;
      const transactionId = await addPendingDeposit(world);
      await services.users.updateUser({ username: owner, expectedVersion: 1, changes: { status: 'DELETED' } });
      return settlement(world, transactionId, 'COMPLETED');
    },
  },
];
