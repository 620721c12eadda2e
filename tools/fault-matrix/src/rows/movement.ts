import type { BalanceTransactionCreate } from '@cnop/entities-ledger';
import { foundEntry, movementAnswer, unless } from '../answers.ts';
import type { Identity, Scene } from '../row.ts';
import type { World } from '../world.ts';

/** Each movement is made with a key, and without one. */
export const keyings = ['keyed', 'keyless'] as const;

/** How a movement is made. */
export type Keying = (typeof keyings)[number];

/** What makes a repeat meet a movement that was made so. */
export const identityOf = (keying: Keying): Identity => (keying === 'keyed' ? 'key' : 'none');

/** The fact that a movement's key leaves behind, if it has one. */
export const claimLine = (keying: Keying): string[] => (keying === 'keyed' ? ['+ key k-1 ACCEPTED'] : []);

/** What a movement is to move. */
export type Movement = Omit<BalanceTransactionCreate, 'owner' | 'idempotencyKey' | 'description'>;

/** By this a movement is known again in the journal after a crash, when nobody knows its id. */
const description = 'the movement of this run';

/** Makes a movement of the world's user. Without a key she looks for its entry afterwards. */
export function movementScene({ username: owner }: World, movement: Movement, keying: Keying): Scene {
  const create = { ...movement, owner, description };
  if (keying === 'keyed') {
    return {
      call: async ({ balances }) =>
        movementAnswer(await balances.createTransaction({ ...create, idempotencyKey: 'k-1' })),
    };
  }

  return {
    call: async ({ balances }) => movementAnswer(await balances.createTransaction(create)),
    look: async ({ balances }, clue) => {
      if (clue !== undefined) {
        const entry = await unless('TRANSACTION_NOT_FOUND', balances.getTransaction(owner, clue));
        return entry && foundEntry(entry);
      }
      const { items } = await balances.getUserTransactions({ owner });
      const entry = items.find((each) => each.description === description);
      return entry && foundEntry(entry);
    },
  };
}
