import type { BrokenInvariant, LedgerReport } from '@cnop/ledger-audit';
import { openTestLedger, type TestLedger } from './test-ledger.ts';

/** Tables that are empty before each test but for a user `ada` who has deposited 1000.00 USD. */
export function useLedger(): () => TestLedger {
  let ledger: TestLedger;

  beforeAll(async () => {
    ledger = await openTestLedger();
  });
  beforeEach(async () => {
    await ledger.register('ada');
    await ledger.deposit('ada', 100_000n);
  });
  afterEach(() => ledger.clear());
  afterAll(() => ledger.close());

  return () => ledger;
}

/** The rules that are broken, in alphabetical order. */
export const rulesOf = ({ broken }: LedgerReport): string[] => broken.map(({ rule }) => rule).sort();

/** The keys of the items that prove a break. */
export const keysOf = ({ items }: BrokenInvariant): string[] =>
  items.map(({ pk, sk }) => `${pk as string} ${sk as string}`);
