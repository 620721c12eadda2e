import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export const usage = `usage: npm run simulate -- [--seeds N] [--seed N] [--json]
       npm run simulate -- --real [--operations N] [--seed N] [--json]
       npm run simulate -- --kill [--ticks N] [--orders N] [--seed N] [--json]

Many clients trade on a few accounts over a network that fails, and it is checked that money is neither made nor lost and that each account
behaved as one. In virtual time, on a DynamoDB within the process:
  --seeds N        how many seeds, each another run (default 200, or 1 with --seed)
  --seed N         the first of them (default 1)
With --real on a real DynamoDB, which DYNAMODB_ENDPOINT or CNOP_DYNAMODB name (default embedded):
  --operations N   how many in all, in rounds of at most 1000 (default 4000; the long form has 200000)
  --seed N         decides what clients do and which faults are injected into their requests (default: a random one)
With --kill on a real DynamoDB too: processes of the order worker, one and then three at once, are killed while prices tick, and every order
must end as it does when nothing disturbs them:
  --ticks N        how many prices (default 400; the long form has 10000)
  --orders N       how many orders (default 100; the long form has 2000)
  --seed N         decides what happens on the market (default: a random one)
In any case:
  --json           the report as one JSON document
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const numbers = { seeds: text, seed: text, operations: text, ticks: text, orders: text };
const options = { real: flag, kill: flag, json: flag, help: flag, ...numbers };

/** Which numbers belong to which form. */
const numbersOf = { virtual: ['seeds'], real: ['operations'], kill: ['ticks', 'orders'] } as const;

/** What the command is asked to do. @throws TypeError saying what is wrong with the arguments. */
export function readArguments(args: readonly string[]) {
  const { real, kill, json, help, ...given } = parseArgs({ args: [...args], options }).values;
  if (real && kill) throw new TypeError('--real and --kill are two forms');
  const form = real ? 'real' : kill ? 'kill' : 'virtual';
  for (const [other, names] of Object.entries(numbersOf))
    for (const name of names)
      if (other !== form && given[name] !== undefined) throw new TypeError(`--${name} belongs to the ${other} form`);

  return {
    form,
    seeds: count('seeds', given.seeds, given.seed === undefined ? 200 : 1),
    operations: count('operations', given.operations, 4_000),
    ticks: count('ticks', given.ticks, 400),
    orders: count('orders', given.orders, 100),
    seed: count('seed', given.seed, form === 'virtual' ? 1 : randomInt(1, 1_000_000_000)),
    json,
    help,
  } as const;
}

function count(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new TypeError(`--${name} must be a positive whole number`);

  return Number(given);
}
