import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export const usage = `usage: npm run bank-test -- [--operations N] [--seed S] [--clients C] [--faults F] [--backend embedded|java|docker] [--json]

Lets many clients deposit, withdraw, buy, sell and refund on a few accounts of a real DynamoDB over a network that fails, and checks that
money is neither made nor lost and that each account behaved as one.
  --operations N   so many in all (default 4000; the long form has 200000)
  --seed S         decides what clients do and what befalls their requests (default: one drawn by chance)
  --clients C      so many at the same time (default 16)
  --faults F       so many of all requests go wrong, from 0 to 0.5 (default 0.1)
  --backend B      which DynamoDB to start; without it DYNAMODB_ENDPOINT or CNOP_DYNAMODB decide (default embedded)
  --json           the report as one JSON document
`;

/** What the command is asked to do. */
export type Asked =
  | { readonly kind: 'help' }
  | { readonly kind: 'refuse'; readonly problem: string }
  | {
      readonly kind: 'run';
      readonly operations: number;
      readonly seed: number;
      readonly clients: number;
      readonly faultRate: number;
      readonly env: NodeJS.ProcessEnv;
      readonly json: boolean;
    };

/** Reads the command's arguments. */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv): Asked {
  try {
    const { help, json, operations, seed, clients, faults, backend } = parse(args);
    if (help) return { kind: 'help' };

    return {
      kind: 'run',
      operations: wholeNumber('operations', operations),
      seed: seed === undefined ? randomInt(1, 1_000_000_000) : wholeNumber('seed', seed),
      clients: wholeNumber('clients', clients),
      faultRate: share('faults', faults),
      env: environment(env, backend),
      json,
    };
  } catch (error) {
    return { kind: 'refuse', problem: (error as Error).message };
  }
}

function parse(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      operations: { type: 'string', default: '4000' },
      seed: { type: 'string' },
      clients: { type: 'string', default: '16' },
      faults: { type: 'string', default: '0.1' },
      backend: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new Error(`--${name} must be a positive whole number`);

  return Number(text);
}

function share(name: string, text: string): number {
  if (!/^\d(\.\d+)?$/.test(text) || Number(text) > 0.5) throw new Error(`--${name} must be a number from 0 to 0.5`);

  return Number(text);
}

const backends = ['embedded', 'java', 'docker'];

function environment(env: NodeJS.ProcessEnv, backend: string | undefined): NodeJS.ProcessEnv {
  if (backend === undefined) return { ...env, CNOP_DYNAMODB: env['CNOP_DYNAMODB'] ?? 'embedded' };
  if (!backends.includes(backend)) throw new Error(`--backend must be one of ${backends.join(', ')}`);

  return { ...env, CNOP_DYNAMODB: backend, DYNAMODB_ENDPOINT: undefined };
}
