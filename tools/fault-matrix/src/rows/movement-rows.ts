import type { MatrixRow } from '../row.ts';
import { addFundedUser, addUser, giveGold, type World } from '../world.ts';
import { claimLine, identityOf, keyings, movementScene, type Keying, type Movement } from './movement.ts';

interface MovementCase {
  readonly name: string;
  readonly movement: Movement;
  readonly effect: readonly string[];
  /** What is there before. Default: a user with 1000 cents. */
  readonly prepare?: (world: World) => Promise<void>;
}

const cash = (available: number, total: string, version: number) =>
  `USD available ${available} held 0 ${total} ACTIVE v${version}`;

const cases: readonly MovementCase[] = [
  {
    name: 'deposit',
    movement: { transactionType: 'DEPOSIT', code: 'USD', amountMinor: 250n },
    effect: [
      `- ${cash(1000, 'in 1000 out 0', 1)}`,
      `+ ${cash(1250, 'in 1250 out 0', 2)}`,
      '+ entry DEPOSIT COMPLETED USD+250',
    ],
  },
  {
    name: 'first deposit',
    movement: { transactionType: 'DEPOSIT', code: 'USD', amountMinor: 250n },
    effect: [`+ ${cash(250, 'in 250 out 0', 1)}`, '+ entry DEPOSIT COMPLETED USD+250'],
    prepare: (world) => addUser(world),
  },
  {
    name: 'pending deposit',
    movement: { transactionType: 'DEPOSIT', code: 'USD', amountMinor: 250n, pending: true },
    effect: ['+ entry DEPOSIT PENDING USD+250'],
  },
  {
    name: 'withdraw',
    movement: { transactionType: 'WITHDRAW', code: 'USD', amountMinor: 250n },
    effect: [
      `- ${cash(1000, 'in 1000 out 0', 1)}`,
      `+ ${cash(750, 'in 1000 out 250', 2)}`,
      '+ entry WITHDRAW COMPLETED USD-250',
    ],
  },
  {
    name: 'adjust upwards',
    movement: { transactionType: 'SYSTEM_ADJUSTMENT', code: 'GOLD', scale: 0, amountMinor: 4n },
    effect: [
      '- GOLD available 5 held 0 in 0 out 0 ACTIVE v1',
      '+ GOLD available 9 held 0 in 0 out 0 ACTIVE v2',
      '+ entry SYSTEM_ADJUSTMENT COMPLETED GOLD+4',
    ],
    prepare: async (world) => {
      await addUser(world);
      await giveGold(world, 5n);
    },
  },
  {
    name: 'adjust downwards',
    movement: { transactionType: 'SYSTEM_ADJUSTMENT', code: 'USD', amountMinor: -250n },
    effect: [
      `- ${cash(1000, 'in 1000 out 0', 1)}`,
      `+ ${cash(750, 'in 1000 out 0', 2)}`,
      '+ entry SYSTEM_ADJUSTMENT COMPLETED USD-250',
    ],
  },
];

function rowOf({ name, movement, effect, prepare }: MovementCase, keying: Keying): MatrixRow {
  return {
    name: `${name}, ${keying}`,
    method: 'BalanceDao.createTransaction',
    identity: identityOf(keying),
    looksAt: ['account'],
    effect: [...effect, ...claimLine(keying)],
    prepare: async (world) => {
      await (prepare ? prepare(world) : addFundedUser(world, 1_000n));
      return movementScene(world, movement, keying);
    },
  };
}

/** Every movement of money that is to succeed, with a key and without one. */
export const movementRows: readonly MatrixRow[] = cases.flatMap((each) => keyings.map((keying) => rowOf(each, keying)));
