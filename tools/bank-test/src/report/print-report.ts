import { printCounts } from '@cnop/simulation';
import type { BankReport } from './bank-report.ts';

/** The report as text for people; its last line is the verdict. */
export function printReport(report: BankReport): string {
  const { histories, durations, broken, faults, requests, totals } = report;
  const faulty = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const found = broken.slice(0, shown).map(({ round, rule, detail }) => `round ${round}: ${rule}: ${detail}`);

  return [
    ...found,
    ...(broken.length > shown ? [`and ${broken.length - shown} more`] : []),
    `seed ${report.seed} on ${report.backend}`,
    `${report.operations} operations by ${report.clients} clients on ${report.accounts} accounts in ${report.rounds} rounds, ${seconds(durations.total)} s`,
    `calls       ${printCounts(report.outcomes)}`,
    `faults      ${((100 * faulty) / Math.max(1, requests)).toFixed(1)} % of ${requests} requests: ${printCounts(faults)}`,
    `crashes     ${report.replacedProcesses} processes replaced by new ones`,
    `in doubt    ${report.inDoubt} when the clients had left, repeated under their keys`,
    `watched     ${report.snapshots} snapshots of all accounts`,
    `at rest     ${report.committed} committed operations; ${Object.entries(totals)
      .map(([code, total]) => `${code} ${total.found} in the accounts, ${total.moved} by the operations`)
      .join('; ')}`,
    `ledger      checked after each round, ${seconds(durations.ledger)} s in all`,
    `histories   ${histories.checked} of ${histories.operations} operations, the largest of ${histories.largest}; ${histories.steps} states in ${durations.histories} ms, at most ${durations.longestHistoriesOfARound} ms a round`,
    `late        ${printCounts(report.lateEffects)} (effects of a request still under way when a later call was refused: documented)`,
    `${broken.length} broken invariants`,
  ].join('\n');
}

const shown = 20;
