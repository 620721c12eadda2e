import type { MatrixRow } from '../row.ts';
import { addFundedUser, addUser, deposit, type World } from '../world.ts';
import { claimLine, identityOf, keyings, movementScene, type Movement } from './movement.ts';

const place = { method: 'BalanceDao.createTransaction', looksAt: ['account'] } as const;
const beyond: Movement = { transactionType: 'WITHDRAW', code: 'USD', amountMinor: 1_250n };

async function freeze(world: World): Promise<void> {
  await addFundedUser(world, 2_000n);
  await world.services.balances.updateBalance({ owner: world.username, code: 'USD', status: 'FROZEN' });
}

/** Movements that are to be refused. */
export const refusedMovementRows: readonly MatrixRow[] = [
  ...keyings.flatMap((keying): MatrixRow[] => [
    {
      ...place,
      name: `withdraw too much, ${keying}`,
      identity: identityOf(keying),
      effect: [],
      refusal: 'BALANCE_INSUFFICIENT',
      prepare: async (world) => {
        await addFundedUser(world, 1_000n);
        return movementScene(world, beyond, keying);
      },
    },
    {
      ...place,
      name: `withdraw too much, funds come later, ${keying}`,
      identity: identityOf(keying),
      effect: [
        '- USD available 1500 held 0 in 1500 out 0 ACTIVE v2',
        '+ USD available 250 held 0 in 1500 out 1250 ACTIVE v3',
        '+ entry WITHDRAW COMPLETED USD-1250',
        ...claimLine(keying),
      ],
      refusal: 'BALANCE_INSUFFICIENT',
      prepare: async (world) => {
        await addFundedUser(world, 1_000n);
        return { ...movementScene(world, beyond, keying), meanwhile: () => deposit(world, 500n) };
      },
    },
    {
      ...place,
      name: `withdraw from a frozen balance, ${keying}`,
      identity: identityOf(keying),
      effect: [],
      refusal: 'BALANCE_FROZEN',
      prepare: async (world) => {
        await freeze(world);
        return movementScene(world, beyond, keying);
      },
    },
    {
      ...place,
      name: `deposit to a deleted user, ${keying}`,
      identity: identityOf(keying),
      effect: [],
      refusal: 'USER_NOT_ACTIVE',
      prepare: async (world) => {
        await addUser(world, 'DELETED');
        return movementScene(world, { transactionType: 'DEPOSIT', code: 'USD', amountMinor: 250n }, keying);
      },
    },
  ]),
  {
    ...place,
    name: 'deposit under a used key',
    identity: 'key',
    effect: [],
    refusal: 'IDEMPOTENCY_KEY_REUSED',
    prepare: async (world) => {
      const movement: Movement = { transactionType: 'DEPOSIT', code: 'USD', amountMinor: 250n };
      await addUser(world);
      await movementScene(world, { ...movement, amountMinor: 1_000n }, 'keyed').call(world.services);
      return movementScene(world, movement, 'keyed');
    },
  },
];
