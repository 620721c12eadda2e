import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export const usage = `usage: npm run simulate -- [--seeds N] [--from N] [--seed N] [--processes N] [--json]
       npm run simulate -- --real [--operations N] [--seed N] [--clients N] [--faults F] [--backend embedded|java|docker] [--json]

Many clients trade on a few accounts over a network that fails, and it is checked that money is neither made nor lost and that each account
behaved as one. Without --real in virtual time, on a DynamoDB within the process:
  --seeds N        how many seeds, each another run (default 200)
  --from N         the first of them (default 1)
  --seed N         this one only
  --processes N    at the same time (default: one per processor)
With --real on a real DynamoDB:
  --operations N   how many in all, in rounds of at most 1000 (default 4000; the long form has 200000)
  --seed N         decides what clients do and which faults are injected into their requests (default: a random one)
  --clients N      how many at the same time (default 16)
  --faults F       the share of all requests that go wrong, from 0 to 0.5 (default 0.1)
  --backend B      which DynamoDB to start; without it DYNAMODB_ENDPOINT or CNOP_DYNAMODB decide (default embedded)
In either case:
  --json           the report as one JSON document
`;

const common = {
  seed: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
const virtual = {
  ...common,
  seeds: { type: 'string', default: '200' },
  from: { type: 'string', default: '1' },
  processes: { type: 'string', default: String(availableParallelism()) },
} as const;
const real = {
  ...common,
  real: { type: 'boolean' },
  operations: { type: 'string', default: '4000' },
  clients: { type: 'string', default: '16' },
  faults: { type: 'string', default: '0.1' },
  backend: { type: 'string' },
} as const;

/** What the command is asked to do in virtual time. @throws TypeError saying what is wrong with the arguments. */
export function readVirtual(args: readonly string[]) {
  const { seed, seeds, from, processes, json, help } = parseArgs({ args: [...args], options: virtual }).values;
  const one = seed === undefined ? undefined : wholeNumber('seed', seed);

  return {
    from: one ?? wholeNumber('from', from),
    seeds: one === undefined ? wholeNumber('seeds', seeds) : 1,
    processes: one === undefined ? wholeNumber('processes', processes) : 1,
    json,
    help,
  };
}

/** What the command is asked to do on a real DynamoDB. @throws TypeError saying what is wrong with the arguments. */
export function readReal(args: readonly string[], env: NodeJS.ProcessEnv) {
  const { seed, operations, clients, faults, backend, json, help } = parseArgs({
    args: [...args],
    options: real,
  }).values;
  if (!/^0(\.\d+)?$/.test(faults) || Number(faults) > 0.5)
    throw new TypeError('--faults must be a number from 0 to 0.5');
  if (!/^(embedded|java|docker)?$/.test(backend ?? ''))
    throw new TypeError('--backend must be embedded, java or docker');

  return {
    operations: wholeNumber('operations', operations),
    seed: wholeNumber('seed', seed ?? String(randomInt(1, 1_000_000_000))),
    clients: wholeNumber('clients', clients),
    faultRate: Number(faults),
    env: backend
      ? { ...env, CNOP_DYNAMODB: backend, DYNAMODB_ENDPOINT: undefined }
      : { ...env, CNOP_DYNAMODB: env['CNOP_DYNAMODB'] ?? 'embedded' },
    json,
    help,
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new TypeError(`--${name} must be a positive whole number`);
  return Number(text);
}
