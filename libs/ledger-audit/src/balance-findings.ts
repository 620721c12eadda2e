import type { Balance } from '@cnop/entities-ledger';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import type { Stored } from './reading.ts';

/** What is wrong with a balance by itself. */
export function balanceFindings({ value, raw }: Stored<Balance>): BrokenInvariant[] {
  const { owner, code, availableMinor, heldMinor } = value;
  const about = { owner, code, items: [raw] };

  return [
    ...(availableMinor < 0n ? [brokenInvariant('available-negative', { ...about, found: availableMinor })] : []),
    ...(heldMinor < 0n ? [brokenInvariant('held-negative', { ...about, found: heldMinor })] : []),
  ];
}
