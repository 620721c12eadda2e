import { keyOfStep, accountName } from '../market.ts';
import type { WriteOperation } from '../operation.ts';

/** Registers the user of an account, unless somebody else does; half of those who want the same name have an address of their own. */
export function register(step: { readonly id: number; readonly account: number }): WriteOperation {
  const username = accountName(step.account);
  const idempotencyKey = keyOfStep(step);
  const create = {
    username,
    email: `${step.id % 2 === 0 ? username : idempotencyKey}@example.com`,
    password: 'correct horse battery',
    firstName: 'Ada',
    lastName: 'Lovelace',
  };

  return {
    effect: {
      name: `register ${username} ${idempotencyKey}`,
      find: ({ users }) =>
        users.filter((user) => user.createKey === idempotencyKey).map((user) => ({ id: user.owner, moves: [] })),
    },
    call: async ({ users }) => {
      const { user, replayed } = await users.createUser(create, { idempotencyKey });
      return { id: user.username, moves: [], replayed };
    },
  };
}
