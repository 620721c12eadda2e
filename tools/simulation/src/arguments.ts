import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export const usage = `usage: npm run simulate -- [--seeds N] [--from N] [--seed N] [--json]
       npm run simulate -- --real [--operations N] [--seed N] [--clients N] [--faults F] [--backend embedded|java|docker] [--json]

Many clients trade on a few accounts over a network that fails, and it is checked that money is neither made nor lost and that each account
behaved as one. Without --real in virtual time, on a DynamoDB within the process:
  --seeds N        how many seeds, each another run (default 200)
  --from N         the first of them (default 1)
  --seed N         this one only
With --real on a real DynamoDB:
  --operations N   how many in all, in rounds of at most 1000 (default 4000; the long form has 200000)
  --seed N         decides what clients do and which faults are injected into their requests (default: a random one)
  --clients N      how many at the same time (default 16)
  --faults F       the share of all requests that go wrong, from 0 to 0.5 (default 0.1)
  --backend B      which DynamoDB to start; without it DYNAMODB_ENDPOINT or CNOP_DYNAMODB decide (default embedded)
In either case:
  --json           the report as one JSON document
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const common = { seed: text, json: flag, help: flag };

/** What the command is asked to do in virtual time. @throws TypeError saying what is wrong with the arguments. */
export function readVirtual(args: readonly string[]) {
  const options = { ...common, seeds: text, from: text };
  const { seed, json, help, ...given } = parseArgs({ args: [...args], options }).values;
  const seeds = count('seeds', given.seeds, 200);
  const from = count('from', given.from, 1);

  return seed === undefined ? { from, seeds, json, help } : { from: count('seed', seed, 1), seeds: 1, json, help };
}

/** What the command is asked to do on a real DynamoDB. @throws TypeError saying what is wrong with the arguments. */
export function readReal(args: readonly string[], env: NodeJS.ProcessEnv) {
  const options = { ...common, real: flag, operations: text, clients: text, faults: text, backend: text };
  const { faults = '0.1', backend = '', json, help, ...given } = parseArgs({ args: [...args], options }).values;
  if (!/^0(\.\d+)?$/.test(faults) || Number(faults) > 0.5)
    throw new TypeError('--faults must be a number from 0 to 0.5');
  if (!/^(embedded|java|docker)?$/.test(backend)) throw new TypeError('--backend must be embedded, java or docker');

  return {
    operations: count('operations', given.operations, 4_000),
    seed: count('seed', given.seed, randomInt(1, 1_000_000_000)),
    clients: count('clients', given.clients, 16),
    faultRate: Number(faults),
    env: backend
      ? { ...env, CNOP_DYNAMODB: backend, DYNAMODB_ENDPOINT: undefined }
      : { ...env, CNOP_DYNAMODB: env['CNOP_DYNAMODB'] ?? 'embedded' },
    json,
    help,
  };
}

function count(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new TypeError(`--${name} must be a positive whole number`);

  return Number(given);
}
