import { type ItemAddress, type RawItem, readItems } from '@cnop/database-core';
import { type BalanceTransaction, mirrorProblem, type TransferEntry } from '@cnop/entities-ledger';
import { transactionKey } from '@cnop/entities-ledger/table';
import type { AuditContext } from './audit-context.ts';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { isStored, keyText, readEntry, readPair, type Stored } from './reading.ts';

/**
 * Whether the entry is one that the journal of another owner must mirror. What is not completed moved nothing; one that names its own
 * owner is reported for its shape.
 */
export const isTransfer = (entry: Stored<BalanceTransaction>): entry is Stored<TransferEntry> =>
  entry.value.transactionType === 'TRANSFER' &&
  entry.value.status === 'COMPLETED' &&
  entry.value.counterparty !== undefined &&
  entry.value.counterparty !== entry.value.owner;

/** Checks that the journal of the other side mirrors each transfer of one owner. Each side is checked with its own owner. */
export async function checkTransfers(context: AuditContext, entries: readonly Stored<TransferEntry>[]): Promise<void> {
  const { database, ledgerTable } = context;
  const keys = entries.map(({ value }) => ({ ...mirrorKeyOf(value) }));
  const mirrors = await readItems(database, { tableName: ledgerTable, keys });
  const byKey = new Map(mirrors.map((raw) => [keyText(raw), raw]));

  for (const entry of entries) {
    const suspects = mirrorFindings(entry, byKey.get(keyText(mirrorKeyOf(entry.value))));
    if (suspects.length > 0) await recheck(context, entry.value, suspects);
  }
}

const mirrorKeyOf = ({ counterparty, transactionId }: TransferEntry) => transactionKey(counterparty, transactionId);

function mirrorFindings({ value: entry, raw }: Stored<TransferEntry>, rawMirror: RawItem | undefined) {
  const { owner, transactionId } = entry;
  const about = { owner, code: entry.postings[0]?.code, transactionId, items: [raw, rawMirror] };
  if (!rawMirror) return [brokenInvariant('transfer-mirror-missing', about)];

  const mirror = readEntry(rawMirror);
  const found = isStored(mirror) ? mirrorProblem(entry, mirror.value) : undefined;
  return found === undefined ? [] : [brokenInvariant('transfer-mirror-differs', { ...about, found })];
}

/** Both sides as they stood at one instant decide. */
async function recheck(
  context: AuditContext,
  entry: TransferEntry,
  suspects: readonly BrokenInvariant[],
): Promise<void> {
  const { log, ledgerTable: tableName } = context;
  const addresses: readonly [ItemAddress, ItemAddress] = [
    { tableName, key: transactionKey(entry.owner, entry.transactionId) },
    { tableName, key: mirrorKeyOf(entry) },
  ];
  const pair = await readPair(context, addresses);
  if (!pair) {
    log.reportUnsettled(...suspects);
    return;
  }
  const [rawEntry, rawMirror] = pair;
  const then = rawEntry && readEntry(rawEntry);

  if (isStored(then) && isTransfer(then)) log.report(...mirrorFindings(then, rawMirror));
}
