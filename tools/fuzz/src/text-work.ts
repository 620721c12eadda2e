/** Lengths at which a parser is timed: small ones show exponential backtracking before it hangs, large ones quadratic. */
const lengths = [16, 20, 24, 28, 32, 36, 40, 256, 2_048, 16_384];
const rounds = 3;
/** How often a time that looks too long is taken again: what else the processor does must not look like backtracking. */
const roundsInDoubt = 20;
/** Below this, in microseconds, a clock says nothing. */
const leastTime = 2;
/** After so much processor time, in microseconds, no disturbance explains a time: it is not taken again. */
const timeInAll = 200_000;

/** How long a parser needed for a text, as a multiple of what it takes to parse a short one and to write the long one as JSON. */
export interface TextWork {
  readonly length: number;
  readonly ratio: number;
}

/**
 * Feeds a parser with longer and longer texts and returns the worst ratio of its time to that of one linear pass over the same
 * text. It stops at the first ratio above the limit, before a parser that backtracks would take minutes.
 */
export function worstTextWork(
  parse: (text: string) => unknown,
  textOf: (length: number) => string,
  limit: number,
): TextWork {
  const constant = Math.max(
    leastTime,
    timeOf(rounds, () => parse(textOf(1))),
  );
  let worst: TextWork = { length: 0, ratio: 0 };

  for (const length of lengths) {
    const text = textOf(length);
    const linear = timeOf(rounds, () => JSON.stringify(text));
    const ratioOver = (count: number) => timeOf(count, () => parse(text)) / (constant + linear);
    const first = ratioOver(rounds);
    const ratio = first > limit ? ratioOver(roundsInDoubt) : first;

    if (ratio > worst.ratio) worst = { length, ratio };
    if (ratio > limit) break;
  }
  return worst;
}

/** The least processor time of some runs, in microseconds. */
function timeOf(count: number, run: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  let spent = 0;

  for (let round = 0; round < count && spent < timeInAll; round += 1) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, user + system);
    spent += user + system;
  }
  return least;
}
