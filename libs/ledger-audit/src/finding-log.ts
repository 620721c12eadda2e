import type { BrokenInvariant } from './broken-invariant.ts';

/** What was found: every break counted, once each, and as many kept as may be. */
export interface FindingLog {
  /** The first of the breaks, and of those that never settled. */
  readonly broken: readonly BrokenInvariant[];
  readonly unsettled: readonly BrokenInvariant[];
  counts(): { readonly brokenCount: number; readonly unsettledCount: number };
  report(...findings: readonly BrokenInvariant[]): void;
  reportUnsettled(...findings: readonly BrokenInvariant[]): void;
}

/** What a {@link FindingLog} does with a break. */
export interface FindingLogOptions {
  readonly maxBroken: number;
  readonly onBroken?: ((broken: BrokenInvariant) => void) | undefined;
}

/** An empty log. A finding that was reported before, of a partition met twice say, is left out. */
export function createFindingLog({ maxBroken, onBroken }: FindingLogOptions): FindingLog {
  const broken: BrokenInvariant[] = [];
  const unsettled: BrokenInvariant[] = [];
  const known = new Set<string>();
  const knownUnsettled = new Set<string>();

  return {
    broken,
    unsettled,
    counts: () => ({ brokenCount: known.size, unsettledCount: knownUnsettled.size }),
    report: (...findings) => {
      for (const finding of findings) {
        if (!addKey(known, finding)) continue;
        if (broken.length < maxBroken) broken.push(finding);
        onBroken?.(finding);
      }
    },
    reportUnsettled: (...findings) => {
      for (const finding of findings) {
        if (addKey(knownUnsettled, finding) && unsettled.length < maxBroken) unsettled.push(finding);
      }
    },
  };
}

function addKey(keys: Set<string>, finding: BrokenInvariant): boolean {
  const key = findingKey(finding);
  if (keys.has(key)) return false;

  keys.add(key);
  return true;
}

/** What tells one finding from every other. */
function findingKey({ rule, owner, code, orderId, transactionId, items }: BrokenInvariant): string {
  const { pk, sk } = items[0] ?? {};

  return JSON.stringify([rule, owner, code, orderId, transactionId, pk, sk]);
}
