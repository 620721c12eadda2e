import type { BalanceStatus, BalanceTransactionCreate, TransactionStatus } from '@cnop/entities-ledger';
import { keyings, rows, unless, type MatrixRow } from '../row.ts';
import { ledgerFacts, receiverFacts } from '../facts.ts';
import {
  addReceiver,
  addUser,
  cash,
  deposit,
  funded,
  goldBalance,
  inTurn,
  receiverOf,
  withGold,
  type World,
} from '../world.ts';

const setStatus =
  (status: BalanceStatus) =>
  ({ balances, owner }: World) =>
    balances.updateBalance({ owner, code: 'USD', status });

const withFrozen = inTurn(funded(1_000n), setStatus('FROZEN'));

type Movement = Omit<
  Extract<BalanceTransactionCreate, { amountMinor: bigint }>,
  'owner' | 'idempotencyKey' | 'description'
>;

const depositing: Movement = { transactionType: 'DEPOSIT', code: 'USD', amountMinor: 250n };
const withdrawing: Movement = { ...depositing, transactionType: 'WITHDRAW' };
const tooMuch: Movement = { ...withdrawing, amountMinor: 1_250n };
const adjusting: Movement = { ...depositing, transactionType: 'SYSTEM_ADJUSTMENT', amountMinor: -250n };

/** By this a movement is found in the journal after a crash, when nobody knows its id. */
const description = 'the movement of this run';

const move =
  (movement: Movement, isKeyed: boolean) =>
  ({ balances, owner }: World) =>
    balances.createTransaction({ ...movement, owner, description, ...(isKeyed && { idempotencyKey: 'k-1' }) });

const give = (amountMinor: bigint, isKeyed: boolean) => (world: World) =>
  world.balances.transfer({
    from: world.owner,
    to: receiverOf(world),
    code: 'USD',
    amountMinor,
    description,
    ...(isKeyed && { idempotencyKey: 'k-1' }),
  });

async function findMovement({ balances, owner, knownId }: World) {
  if (knownId !== undefined) return unless('TRANSACTION_NOT_FOUND', balances.getTransaction(owner, knownId));

  const { items } = await balances.getUserTransactions({ owner });
  return items.find((entry) => entry.description === description);
}

const settle =
  (status: Exclude<TransactionStatus, 'PENDING'>) =>
  ({ balances, owner, given }: World) =>
    balances.updateTransactionStatus({ owner, transactionId: given, status });

/** A user with a pending deposit; its id. */
async function withPending(world: World): Promise<string> {
  await addUser(world);
  return (await move({ ...depositing, pending: true }, false)(world)).transaction.transactionId;
}

const withUsedKey = inTurn(addUser, move({ ...depositing, amountMinor: 1_000n }, true));
const withFailed = inTurn(withPending, settle('FAILED'));
const withDeletedUser = inTurn(withPending, ({ users, username }) =>
  users.updateUser({ username, expectedVersion: 1, changes: { status: 'DELETED' } }),
);

const create = ({ balances, owner }: World) => balances.createBalance({ owner, code: 'USD' });

/** Everything that the writing methods of `BalanceDao` may come to. */
export const balanceRows: readonly MatrixRow[] = [
  ...rows({
    'create a balance': {
      before: addUser,
      call: create,
      look: ({ balances, owner }) => unless('BALANCE_NOT_FOUND', balances.getBalance(owner, 'USD')),
      effect: [`+ ${cash(0, { in: 0 })}`],
    },
    'create a balance that exists': {
      identity: 'none',
      before: funded(1_000n),
      call: create,
      refusal: 'BALANCE_EXISTS',
    },
    'create a balance of an unknown user': { call: create, refusal: 'USER_NOT_FOUND' },
    'freeze a balance': {
      before: funded(1_000n),
      call: setStatus('FROZEN'),
      effect: [`~ ${cash(1000, { status: 'FROZEN', version: 2 })}`],
    },
    'make a frozen balance active': {
      before: withFrozen,
      call: setStatus('ACTIVE'),
      effect: [`~ ${cash(1000, { version: 3 })}`],
    },
    'deposit under a used key': {
      identity: 'key',
      before: withUsedKey,
      call: move(depositing, true),
      refusal: 'IDEMPOTENCY_KEY_REUSED',
    },
    'complete a pending deposit': {
      before: withPending,
      call: settle('COMPLETED'),
      effect: ['~ entry DEPOSIT COMPLETED USD+250', `+ ${cash(250, { in: 250 })}`],
    },
    'fail a pending deposit': {
      before: withPending,
      call: settle('FAILED'),
      effect: ['~ entry DEPOSIT FAILED USD+250'],
    },
    'cancel a pending deposit': {
      before: withPending,
      call: settle('CANCELLED'),
      effect: ['~ entry DEPOSIT CANCELLED USD+250'],
    },
    'complete a failed deposit': { before: withFailed, call: settle('COMPLETED'), refusal: 'TRANSACTION_NOT_PENDING' },
    'complete a deposit of a deleted user': {
      before: withDeletedUser,
      call: settle('COMPLETED'),
      refusal: 'USER_NOT_ACTIVE',
    },
  }),
  ...keyings.flatMap(({ suffix, isKeyed, identity }) => {
    const claimed = isKeyed ? ['+ key k-1 ACCEPTED'] : [];
    const look = isKeyed ? undefined : findMovement;
    const giving = (amountMinor: bigint) => ({
      identity,
      reads: [ledgerFacts, receiverFacts],
      before: inTurn(funded(1_000n), addReceiver),
      call: give(amountMinor, isKeyed),
      look,
    });
    const moving = (movement: Movement) => ({ identity, before: funded(1_000n), call: move(movement, isKeyed), look });

    return rows({
      [`deposit, ${suffix}`]: {
        ...moving(depositing),
        effect: [`~ ${cash(1250, { in: 1250, version: 2 })}`, '+ entry DEPOSIT COMPLETED USD+250', ...claimed],
      },
      [`first deposit, ${suffix}`]: {
        ...moving(depositing),
        before: addUser,
        effect: [`+ ${cash(250, { in: 250 })}`, '+ entry DEPOSIT COMPLETED USD+250', ...claimed],
      },
      [`pending deposit, ${suffix}`]: {
        ...moving({ ...depositing, pending: true }),
        effect: ['+ entry DEPOSIT PENDING USD+250', ...claimed],
      },
      [`deposit to a deleted user, ${suffix}`]: {
        ...moving(depositing),
        before: (world) => addUser(world, 'DELETED'),
        refusal: 'USER_NOT_ACTIVE',
      },
      [`withdraw, ${suffix}`]: {
        ...moving(withdrawing),
        effect: [`~ ${cash(750, { out: 250, version: 2 })}`, '+ entry WITHDRAW COMPLETED USD-250', ...claimed],
      },
      [`withdraw too much, ${suffix}`]: { ...moving(tooMuch), refusal: 'BALANCE_INSUFFICIENT' },
      [`withdraw too much, funds come later, ${suffix}`]: {
        ...moving(tooMuch),
        meanwhile: (world) => deposit(world, 500n),
        refusal: 'BALANCE_INSUFFICIENT',
        effect: [
          `~ ${cash(250, { in: 1500, out: 1250, version: 3 })}`,
          '+ entry WITHDRAW COMPLETED USD-1250',
          ...claimed,
        ],
      },
      [`withdraw from a frozen balance, ${suffix}`]: {
        ...moving(withdrawing),
        before: withFrozen,
        refusal: 'BALANCE_FROZEN',
      },
      [`transfer, ${suffix}`]: {
        ...giving(250n),
        effect: [
          `~ ${cash(750, { version: 2 })}`,
          '+ entry TRANSFER COMPLETED USD-250',
          `+ received ${cash(250, { in: 0 })}`,
          '+ received entry TRANSFER COMPLETED USD+250',
          ...claimed,
        ],
      },
      [`transfer too much, ${suffix}`]: { ...giving(1_250n), refusal: 'BALANCE_INSUFFICIENT' },
      [`transfer too much, funds come later, ${suffix}`]: {
        ...giving(1_250n),
        meanwhile: (world) => deposit(world, 500n),
        refusal: 'BALANCE_INSUFFICIENT',
        effect: [
          `~ ${cash(250, { in: 1500, version: 3 })}`,
          '+ entry TRANSFER COMPLETED USD-1250',
          `+ received ${cash(1250, { in: 0 })}`,
          '+ received entry TRANSFER COMPLETED USD+1250',
          ...claimed,
        ],
      },
      [`transfer to an unknown user, ${suffix}`]: {
        ...giving(250n),
        before: funded(1_000n),
        refusal: 'USER_NOT_FOUND',
      },
      [`adjust upwards, ${suffix}`]: {
        ...moving({ ...adjusting, code: 'GOLD', scale: 0, amountMinor: 4n }),
        before: withGold(5n),
        effect: [`~ ${goldBalance(9, 2)}`, '+ entry SYSTEM_ADJUSTMENT COMPLETED GOLD+4', ...claimed],
      },
      [`adjust downwards, ${suffix}`]: {
        ...moving(adjusting),
        effect: [`~ ${cash(750, { version: 2 })}`, '+ entry SYSTEM_ADJUSTMENT COMPLETED USD-250', ...claimed],
      },
    });
  }),
];
