import type { BrokenInvariant } from './broken-invariant.ts';
import type { LedgerReport } from './check-ledger.ts';

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
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

function summaryLine({ counts, durationMs }: LedgerReport): string {
  const { owners, users, emailClaims, balances, transactions, idempotencyClaims, orders, openOrders, others } = counts;
  const { assets, ticks } = counts;

  return (
    `Read ${owners} owners, ${balances} balances, ${transactions} journal entries, ` +
    `${idempotencyClaims} idempotency claims, ${orders} orders (${openOrders} open), ${users} users, ` +
    `${emailClaims} e-mail claims, ${assets} assets, ${ticks} ticks and ${others} other items in ${(durationMs / 1_000).toFixed(1)} s.`
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
