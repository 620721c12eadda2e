import { parseArgs } from 'node:util';
import { createDatabase, databaseSettings } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { type Environment, readEnvironment } from '@cnop/validation';
import { checkLedger, type LedgerProgress, type LedgerReport } from './check-ledger.ts';
import { oneLine, reportText } from './report-text.ts';

/** Where a run of the command gets its input, and where it writes. */
export interface CommandRun {
  /** Without the program and the script. */
  readonly args: readonly string[];
  readonly env: Environment;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
}

const usage = `Usage: cnop-ledger-audit [--segments N] [--expiry-shards N] [--triggers] [--json] [--quiet]

Checks every invariant of the ledger over whole tables. It only reads, and may run on a live table.

  --segments N       segments of a table that are read at the same time (1 to 256, default 4)
  --expiry-shards N  parts of the index of expiries that are read (1 to 64, default 4)
  --triggers         judge every open order by the log of ticks too: finds triggers that were missed
  --json             print one JSON document instead of text
  --quiet            print no progress
  --help             print this

Environment: AWS_REGION, CNOP_TABLE_LEDGER, CNOP_TABLE_ORDERS, CNOP_TABLE_USERS (optional: without it e-mail claims are
not checked), CNOP_TABLE_INVENTORY (optional: without it neither ticks are checked nor what they decide),
DYNAMODB_ENDPOINT (optional), and credentials as the AWS SDK takes them.

Exit code: 0 nothing is broken, 1 something is broken, 2 the check could not run.
`;

interface CommandFlags {
  readonly segments: number | undefined;
  readonly expiryShards: number | undefined;
  readonly triggers: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
}

/**
 * Runs the command: progress on stderr, the report on stdout.
 *
 * @returns the exit code: 0 nothing broken, 1 something broken, 2 could not run, with the reason on stderr.
 */
export async function runCommand({ args, env, stdout, stderr }: CommandRun): Promise<number> {
  try {
    const flags = parseFlags(args);
    if (flags.help) {
      stdout.write(usage);
      return 0;
    }
    const report = await check(env, flags, stderr);

    stdout.write(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report));
    return report.brokenCount === 0 ? 0 : 1;
  } catch (error) {
    stderr.write(`cnop-ledger-audit: ${reasonOf(error)}\n`);
    return 2;
  }
}

function parseFlags(args: readonly string[]): CommandFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      segments: { type: 'string' },
      'expiry-shards': { type: 'string' },
      triggers: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { segments, 'expiry-shards': expiryShards, ...others } = values;

  return {
    ...others,
    segments: wholeNumber('--segments', segments),
    expiryShards: wholeNumber('--expiry-shards', expiryShards),
  };
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,7}$/.test(text)) throw new Error(`${flag} must be a whole number.`);

  return text === undefined ? undefined : Number(text);
}

async function check(env: CommandRun['env'], flags: CommandFlags, stderr: TextOutput): Promise<LedgerReport> {
  const optional = [usersTableShape, inventoryTableShape].filter(
    ({ name }) => (env[`CNOP_TABLE_${name.toUpperCase()}`] ?? '') !== '',
  );
  const settings = databaseSettings([ledgerTableShape, ordersTableShape, ...optional]);
  const database = createDatabase(readEnvironment(settings, env));
  const progress = flags.quiet ? undefined : createProgressPrinter(stderr);

  try {
    return await checkLedger(database, {
      ...(flags.segments !== undefined && { segments: flags.segments }),
      ...(flags.expiryShards !== undefined && { expiryShards: flags.expiryShards }),
      judgeTriggers: flags.triggers,
      ...(progress && { onProgress: progress.show }),
    });
  } finally {
    progress?.end();
    database.close();
  }
}

/** Why it could not run, in one line: what went wrong, where, and what DynamoDB or the network said. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error));

  const cause = error.cause instanceof Error ? ` (${error.cause.name}: ${error.cause.message})` : '';
  return oneLine(`${error.message}${cause}`);
}

/** What text is written to: a process's own stream, say. */
export interface TextOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far an audit has come. */
export interface ProgressPrinter {
  readonly show: (progress: LedgerProgress) => void;
  /** Clears the line, where there is one. */
  readonly end: () => void;
}

const terminalEveryMs = 100;
const otherwiseEveryMs = 5_000;

/** On a terminal one line that changes; elsewhere a line every five seconds. */
export function createProgressPrinter(
  output: TextOutput,
  now: () => number = () => performance.now(),
): ProgressPrinter {
  const isTerminal = output.isTTY === true;
  const everyMs = isTerminal ? terminalEveryMs : otherwiseEveryMs;
  let last = now();

  return {
    show: (progress) => {
      if (now() - last < everyMs) return;

      last = now();
      output.write(isTerminal ? `\r\u001B[K${progressText(progress)}` : `${progressText(progress)}\n`);
    },
    end: () => {
      if (isTerminal) output.write('\r\u001B[K');
    },
  };
}

function progressText({ phase, counts, brokenCount }: LedgerProgress): string {
  const { orders, owners, transactions } = counts;

  return phase === 'orders'
    ? `${orders} orders, ${brokenCount} broken`
    : `${orders} orders, ${owners} owners, ${transactions} journal entries, ${brokenCount} broken`;
}
