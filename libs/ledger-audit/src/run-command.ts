import { parseArgs } from 'node:util';
import { createDatabase, databaseSettings } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { type Environment, readEnvironment } from '@cnop/validation';
import type { BrokenInvariant } from './broken-invariant.ts';
import { checkLedger, type LedgerProgress, type LedgerReport } from './check-ledger.ts';

/** Where a run of the command gets its input, and where it writes. */
export interface CommandRun {
  /** Without the program and the script. */
  readonly args: readonly string[];
  readonly env: Environment;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
}

const usage = `Usage: cnop-ledger-audit [--segments N] [--json] [--quiet]

Checks every invariant of the ledger over whole tables. It only reads, and may run on a live table.

  --segments N  segments of a table that are read at the same time (1 to 256, default 4)
  --json        print one JSON document instead of text
  --quiet       print no progress
  --help        print this

Environment: AWS_REGION, CNOP_TABLE_LEDGER, CNOP_TABLE_ORDERS, CNOP_TABLE_USERS (optional: without it e-mail claims are
not checked), DYNAMODB_ENDPOINT (optional), and credentials as the AWS SDK takes them.

Exit code: 0 nothing is broken, 1 something is broken, 2 the check could not run.
`;

interface CommandFlags {
  readonly segments: number | undefined;
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
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { segments, ...others } = values;
  if (segments !== undefined && !/^\d{1,7}$/.test(segments)) throw new Error('--segments must be a whole number.');

  return { ...others, segments: segments === undefined ? undefined : Number(segments) };
}

async function check(env: CommandRun['env'], flags: CommandFlags, stderr: TextOutput): Promise<LedgerReport> {
  const users = (env['CNOP_TABLE_USERS'] ?? '') === '' ? [] : [usersTableShape];
  const settings = databaseSettings([ledgerTableShape, ordersTableShape, ...users]);
  const database = createDatabase(readEnvironment(settings, env));
  const progress = flags.quiet ? undefined : createProgressPrinter(stderr);

  try {
    return await checkLedger(database, {
      ...(flags.segments !== undefined && { segments: flags.segments }),
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

/** A report for people; its last line is `N broken invariants`. */
export function reportText(report: LedgerReport): string {
  const { broken, brokenCount, unsettled, unsettledCount } = report;
  const unsettledLine =
    `${unsettledCount} unsettled: each looked broken whenever it was read, ` +
    'but was written to at the same time. Check again when it is quieter.';

  return [
    summaryLine(report),
    ...broken.flatMap(breakLines),
    ...omittedLines(brokenCount - broken.length, 'broken invariants'),
    ...unsettled.flatMap(breakLines),
    ...omittedLines(unsettledCount - unsettled.length, 'unsettled'),
    ...(unsettledCount > 0 ? ['', unsettledLine] : []),
    '',
    `${brokenCount} broken invariants`,
    '',
  ].join('\n');
}

/** Text without control characters, which stored text may hold and a terminal would obey. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

function summaryLine({ counts, durationMs }: LedgerReport): string {
  const { owners, users, emailClaims, balances, transactions, idempotencyClaims, orders, openOrders, others } = counts;

  return (
    `Read ${owners} owners, ${balances} balances, ${transactions} journal entries, ` +
    `${idempotencyClaims} idempotency claims, ${orders} orders (${openOrders} open), ${users} users, ` +
    `${emailClaims} e-mail claims and ${others} other items in ${(durationMs / 1_000).toFixed(1)} s.`
  );
}

function breakLines({ invariant, rule, message, items, expected, found, omittedItems, ...about }: BrokenInvariant) {
  const subject = Object.entries(about).map(([name, value]) => `${name} ${value}`);

  return [
    '',
    oneLine([`Invariant ${invariant}, ${rule}`, ...subject].join(', ')),
    `  ${message}`,
    ...(expected === undefined ? [] : [oneLine(`  expected: ${expected}`)]),
    ...(found === undefined ? [] : [oneLine(`  found:    ${found}`)]),
    ...items.map((item) => oneLine(`  ${JSON.stringify(item)}`)),
    ...(omittedItems === undefined ? [] : [`  and ${omittedItems} more items`]),
  ];
}

const omittedLines = (count: number, what: string): string[] => (count > 0 ? ['', `and ${count} more ${what}`] : []);
