import { parseArgs } from 'node:util';
import type { Part } from './select-rows.ts';

export const usage = `usage: npm run fault-matrix -- [--only FLOW] [--seed N] [--processes N] [--json]

Tries every flow that writes with every fault at every network call it makes, then again as a new process would, and checks that
its effect is there once, that the ledger is sound, and that the caller was told the truth.
  --only FLOW     only the flows whose name or method holds this text; may be given several times
  --seed N        another choice of what the faults leave to chance (default 1)
  --processes N   at the same time, each with a DynamoDB of its own (default: one per processor, at most 4)
  --json          the report as one JSON document
`;

/** What the command is asked to run. */
export interface Run {
  readonly only: readonly string[];
  readonly seed: number;
  readonly json: boolean;
  /** As many as there are processors, if absent. */
  readonly processes?: number;
  /** A share of the flows: what one of several processes is told. */
  readonly part?: Part;
}

/** What the command is asked to do. */
export type Asked =
  { readonly kind: 'help' } | { readonly kind: 'refuse'; readonly problem: string } | ({ readonly kind: 'run' } & Run);

/** Reads the command's arguments. */
export function readArguments(args: readonly string[]): Asked {
  try {
    const { help, json, only, seed, processes, part } = parse(args);
    if (help) return { kind: 'help' };

    return {
      kind: 'run',
      only,
      json,
      seed: wholeNumber('seed', seed),
      ...(processes !== undefined && { processes: wholeNumber('processes', processes) }),
      ...(part !== undefined && { part: readPart(part) }),
    };
  } catch (error) {
    return { kind: 'refuse', problem: (error as Error).message };
  }
}

function parse(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      processes: { type: 'string' },
      part: { type: 'string' },
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

function readPart(text: string): Part {
  const [number = '', of = ''] = text.split('/');
  const part = { number: wholeNumber('part', number), of: wholeNumber('part', of) };
  if (part.number > part.of) throw new Error('--part must be as 1/2');

  return part;
}
