import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export const usage = `usage: node --conditions=@cnop/source tools/simulation/src/main.ts [--seeds N] [--from N] [--seed N] [--processes N] [--json]

Lets many clients trade on a few accounts over a network that fails, in virtual time, and checks that money is neither made nor lost.
  --seeds N       so many seeds, each another run (default 200)
  --from N        the first of them (default 1)
  --seed N        this one only
  --processes N   at the same time (default: one per processor)
  --json          the report as one JSON document
`;

/** What the command is asked to do. */
export interface Asked {
  readonly help: boolean;
  readonly json: boolean;
  readonly from: number;
  readonly seeds: number;
  readonly processes: number;
}

/** Reads the command's arguments. @throws TypeError saying what is wrong with them. */
export function readArguments(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      processes: { type: 'string', default: String(availableParallelism()) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { seed, json, help } = values;

  return {
    json,
    help,
    from: wholeNumber('from', seed ?? values.from),
    seeds: seed === undefined ? wholeNumber('seeds', values.seeds) : 1,
    processes: seed === undefined ? wholeNumber('processes', values.processes) : 1,
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new TypeError(`--${name} must be a positive whole number`);
  return Number(text);
}
