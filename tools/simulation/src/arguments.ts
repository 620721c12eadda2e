import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export const usage = `usage: npm run simulate -- [--seeds N] [--seed N] [--json]
       npm run simulate -- --real [--operations N] [--seed N] [--json]

Many clients trade on a few accounts over a network that fails, and it is checked that money is neither made nor lost and that each account
behaved as one. Without --real in virtual time, on a DynamoDB within the process:
  --seeds N        how many seeds, each another run (default 200, or 1 with --seed)
  --seed N         the first of them (default 1)
With --real on a real DynamoDB, which DYNAMODB_ENDPOINT or CNOP_DYNAMODB name (default embedded):
  --operations N   how many in all, in rounds of at most 1000 (default 4000; the long form has 200000)
  --seed N         decides what clients do and which faults are injected into their requests (default: a random one)
In either case:
  --json           the report as one JSON document
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = { real: flag, seeds: text, operations: text, seed: text, json: flag, help: flag };

/** What the command is asked to do. @throws TypeError saying what is wrong with the arguments. */
export function readArguments(args: readonly string[]) {
  const { real, json, help, ...given } = parseArgs({ args: [...args], options }).values;
  if (real ? given.seeds : given.operations) throw new TypeError('--seeds is without --real, --operations with it');

  return {
    real,
    seeds: count('seeds', given.seeds, given.seed === undefined ? 200 : 1),
    operations: count('operations', given.operations, 4_000),
    seed: count('seed', given.seed, real ? randomInt(1, 1_000_000_000) : 1),
    json,
    help,
  };
}

function count(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new TypeError(`--${name} must be a positive whole number`);

  return Number(given);
}
