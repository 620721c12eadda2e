/** What a consumer's program prints, as one line of JSON. */
export interface Outcome {
  readonly orderStatus: string;
  readonly replayed: boolean;
  /** Cash that is left, in cents. */
  readonly availableMinor: string;
  readonly brokenInvariants: number;
}

/** 1000.00 USD deposited, 0.01 BTC bought at 64250.17 USD, the cost rounded up to 642.51 USD. */
const expected: Outcome = {
  orderStatus: 'COMPLETED',
  replayed: true,
  availableMinor: '35749',
  brokenInvariants: 0,
};

/**
 * Reads a program's output.
 *
 * @throws when it is not exactly what the deposit and the order must come to.
 */
export function checkOutcome(printed: string): Outcome {
  const line = printed.trim().split('\n').at(-1) ?? '';

  if (line !== JSON.stringify(expected)) throw new Error(`The consumer's program printed ${line}`);
  return expected;
}

/** One sentence for a reader. */
export function describeOutcome({ orderStatus, availableMinor, brokenInvariants }: Outcome): string {
  const cash = `${availableMinor.slice(0, -2)}.${availableMinor.slice(-2)} USD`;

  return `order ${orderStatus}, ${cash} left, ${brokenInvariants} broken invariants`;
}
