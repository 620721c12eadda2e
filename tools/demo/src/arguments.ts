import { parseArgs } from 'node:util';

export const usage = `usage: npm run demo -- [--seed N] [--months N] [--json]

Replays ten years of monthly stock prices on a DynamoDB of its own, lets five users trade, and checks the ledger.
  --seed N     another course of chance; the same seed gives the same report (default 1)
  --months N   only the first N months of the history
  --json       the report as one JSON document
`;

/** What the command is asked to do. */
export type Asked =
  | { readonly kind: 'help' }
  | { readonly kind: 'refuse'; readonly problem: string }
  | { readonly kind: 'run'; readonly seed: number; readonly months?: number; readonly json: boolean };

/** Reads the command's arguments. */
export function readArguments(args: readonly string[]): Asked {
  try {
    const { help, json, seed, months } = parse(args);
    if (help) return { kind: 'help' };

    return {
      kind: 'run',
      seed: wholeNumber('seed', seed),
      ...(months !== undefined && { months: wholeNumber('months', months) }),
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
      seed: { type: 'string', default: '1' },
      months: { type: 'string' },
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
