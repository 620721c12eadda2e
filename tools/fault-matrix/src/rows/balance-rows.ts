import type { BalanceStatus } from '@cnop/entities-ledger';
import { balanceAnswer, unless } from '../answers.ts';
import type { MatrixRow, Scene } from '../row.ts';
import { addFundedUser, addUser, type World } from '../world.ts';

const looksAt = ['account'] as const;
const active = 'USD available 1000 held 0 in 1000 out 0 ACTIVE v1';
const frozen = 'USD available 1000 held 0 in 1000 out 0 FROZEN v2';

function creation({ username: owner }: World): Required<Pick<Scene, 'call' | 'look'>> {
  return {
    call: async ({ balances }) => balanceAnswer(await balances.createBalance({ owner, code: 'USD' })),
    look: async ({ balances }) => {
      const balance = await unless('BALANCE_NOT_FOUND', balances.getBalance(owner, 'USD'));
      return balance && balanceAnswer(balance);
    },
  };
}

const statusChange = ({ username: owner }: World, status: BalanceStatus): Scene => ({
  call: async ({ balances }) => balanceAnswer(await balances.updateBalance({ owner, code: 'USD', status })),
});

/** Everything that `BalanceDao.createBalance` and `updateBalance` may come to. */
export const balanceRows: readonly MatrixRow[] = [
  {
    name: 'make a balance',
    method: 'BalanceDao.createBalance',
    identity: 'item',
    looksAt,
    effect: ['+ USD available 0 held 0 in 0 out 0 ACTIVE v1'],
    prepare: async (world) => {
      await addUser(world);
      return creation(world);
    },
  },
  {
    name: 'make a balance that exists',
    method: 'BalanceDao.createBalance',
    identity: 'none',
    looksAt,
    effect: [],
    refusal: 'BALANCE_EXISTS',
    prepare: async (world) => {
      await addFundedUser(world, 1_000n);
      return { call: creation(world).call };
    },
  },
  {
    name: 'make a balance of nobody',
    method: 'BalanceDao.createBalance',
    identity: 'item',
    looksAt,
    effect: [],
    refusal: 'USER_NOT_FOUND',
    prepare: creation,
  },
  {
    name: 'freeze a balance',
    method: 'BalanceDao.updateBalance',
    identity: 'item',
    looksAt,
    effect: [`- ${active}`, `+ ${frozen}`],
    prepare: async (world) => {
      await addFundedUser(world, 1_000n);
      return statusChange(world, 'FROZEN');
    },
  },
  {
    name: 'make a frozen balance active',
    method: 'BalanceDao.updateBalance',
    identity: 'item',
    looksAt,
    effect: [`- ${frozen}`, `+ ${active.replace('v1', 'v3')}`],
    prepare: async (world) => {
      await addFundedUser(world, 1_000n);
      await statusChange(world, 'FROZEN').call(world.services);
      return statusChange(world, 'ACTIVE');
    },
  },
];
