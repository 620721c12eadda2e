import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';

type Part = Figure['part'];

export const usage = `Usage: npm run bench -- [--short] [--only <part>]… [--document]

  --short      about two minutes, for CI; the long form takes half an hour, most of it for a million orders
  --only       client-cpu, throughput, hot-account, load, memory, cold-start or growth; may be given several times
  --document   writes the figures of each part into docs/performance.md

Prints one line of JSON for each figure on standard output, and tables on standard error. Fails when a ratio is worse than its bound
in tools/bench/bounds.json. Run it from the root of the workspace.
`;

/** Every part, in the order in which they are measured. */
export const parts: readonly Part[] = [
  'client-cpu',
  'throughput',
  'hot-account',
  'load',
  'memory',
  'cold-start',
  'growth',
];

/** What the command is asked to do. */
export type Asked =
  | { readonly kind: 'help' }
  | { readonly kind: 'refuse'; readonly problem: string }
  | { readonly kind: 'run'; readonly short: boolean; readonly document: boolean; readonly only: readonly Part[] };

/** Reads the command's arguments. */
export function readArguments(args: readonly string[]): Asked {
  try {
    const { help, only = parts, ...flags } = parse(args);

    return help ? { kind: 'help' } : { kind: 'run', ...flags, only: only.map(partNamed) };
  } catch (error) {
    return { kind: 'refuse', problem: (error as Error).message };
  }
}

function parse(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      document: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

function partNamed(name: string): Part {
  const part = parts.find((each) => each === name);
  if (part === undefined) throw new Error('--only must name a part of the measurements');

  return part;
}
