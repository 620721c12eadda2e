import type { LedgerProgress } from './check-ledger.ts';

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
