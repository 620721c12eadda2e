import type { RawItem } from '@cnop/database-core';
import { isScaleOf, type Balance, type BalanceTransaction, type TransferEntry } from '@cnop/entities-ledger';
import { type Claim, ledgerItemKind, type LedgerRecord, ownerOfKey } from '@cnop/entities-ledger/table';
import type { AuditContext } from './audit-context.ts';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { checkClaims } from './check-claims.ts';
import { checkTransfers, isTransfer } from './check-transfers.ts';
import { belongsToOrder, checkEntryOrders, entryFindings } from './check-entries.ts';
import { itemFindings, namesInBalance } from './item-findings.ts';
import { isStored, malformed, readLedgerItem, readPartition, scanSegments, type Stored } from './reading.ts';
import { type Batch, createBatch, settleSuspects } from './settle-suspects.ts';
import { createTally, noteUnreadable, type Tally, tallyFindings } from './tally.ts';

/**
 * Finds every partition of the ledger table by its keys and checks it; then those owners whose orders hold something though they have
 * no partition. Orders must have been audited before.
 */
export async function auditOwners(context: AuditContext): Promise<void> {
  await scanSegments(context.database, {
    request: { TableName: context.ledgerTable, ProjectionExpression: 'pk' },
    segments: context.segments,
    handle: async (items) => {
      let previous: unknown;

      for await (const { pk } of items) {
        if (pk !== previous) await auditPartition(context, pk);
        previous = pk;
      }
    },
  });
  for (const owner of context.holds.unseen()) await auditOwner(context, owner);
}

async function auditPartition(context: AuditContext, pk: RawItem[string]): Promise<void> {
  const owner = ownerOfKey(String(pk));

  if (owner === undefined) {
    context.counts.others += 1;
    context.log.report(brokenInvariant('unknown-item', { items: [{ pk }] }));
  } else {
    context.counts.owners += 1;
    await auditOwner(context, owner);
  }
  context.progress();
}

/** The work on one partition: what it adds up to, and what waits to be looked up. */
interface PartitionAudit {
  readonly context: AuditContext;
  readonly tally: Tally;
  readonly claims: Batch<Stored<Claim>>;
  readonly entries: Batch<Stored<BalanceTransaction & { readonly orderId: string }>>;
  readonly transfers: Batch<Stored<TransferEntry>>;
}

const requestLimit = 100;

/** Checks one owner: every item of the partition, the sums of the journal, and what the open orders hold. */
async function auditOwner(context: AuditContext, owner: string): Promise<void> {
  const audit: PartitionAudit = {
    context,
    tally: createTally(),
    claims: createBatch({ limit: requestLimit, handle: (claims) => checkClaims(context, claims) }),
    entries: createBatch({ limit: requestLimit, handle: (entries) => checkEntryOrders(context, entries) }),
    transfers: createBatch({ limit: requestLimit, handle: (transfers) => checkTransfers(context, transfers) }),
  };

  for await (const raw of readPartition(context, owner)) await takeItem(audit, raw);
  await audit.claims.end();
  await audit.entries.end();
  await audit.transfers.end();

  const suspects = tallyFindings(owner, audit.tally, { sums: context.holds.heldBy(owner) });
  if (suspects.length > 0) await settleSuspects(context, owner, suspects);
}

const countOf = {
  balance: 'balances',
  transaction: 'transactions',
  claim: 'idempotencyClaims',
  unknown: 'others',
} as const satisfies Record<LedgerRecord['kind'], keyof AuditContext['counts']>;

async function takeItem({ context, tally, claims, entries, transfers }: PartitionAudit, raw: RawItem): Promise<void> {
  const { counts, log } = context;
  const read = readLedgerItem(raw);
  counts[countOf[ledgerItemKind(raw)]] += 1;

  if (!isStored(read)) {
    noteUnreadable(tally, raw);
    log.report(malformed(read));
  } else if (read.value.kind === 'balance') {
    const balance = { raw, value: read.value.balance };
    tally.addBalance(balance);
    log.report(...balanceFindings(balance));
  } else if (read.value.kind === 'transaction') {
    const entry = { raw, value: read.value.transaction };
    log.report(...entryFindings(entry), ...tally.addEntry(entry));
    if (belongsToOrder(entry)) await entries.add(entry);
    if (isTransfer(entry)) await transfers.add(entry);
  } else if (read.value.kind === 'claim') {
    await claims.add({ raw, value: read.value.claim });
  } else {
    log.report(brokenInvariant('unknown-item', { items: [raw] }));
  }
}

/** What is wrong with a balance by itself. */
function balanceFindings({ value, raw }: Stored<Balance>): BrokenInvariant[] {
  const { owner, code, scale, availableMinor, heldMinor } = value;
  const about = { owner, code, items: [raw] };

  return [
    ...(availableMinor < 0n ? [brokenInvariant('available-negative', { ...about, found: availableMinor })] : []),
    ...(heldMinor < 0n ? [brokenInvariant('held-negative', { ...about, found: heldMinor })] : []),
    ...(isScaleOf(code, scale) ? [] : [brokenInvariant('currency-scale-wrong', { ...about, found: String(scale) })]),
    ...itemFindings(namesInBalance(value), { ...about, times: value }),
  ];
}
