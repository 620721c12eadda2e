import type { RawItem } from '@cnop/database-core';
import type { BalanceTransaction } from '@cnop/entities-ledger';
import { ledgerItemKind, type Claim, type LedgerRecord } from '@cnop/entities-ledger/table';
import type { AuditContext } from './audit-context.ts';
import { balanceFindings } from './balance-findings.ts';
import { createBatch, type Batch } from './batch.ts';
import { checkClaims } from './check-claims.ts';
import { checkEntryOrders } from './check-entry-orders.ts';
import { belongsToOrder, entryFindings } from './entry-findings.ts';
import { isStored, malformed, readLedgerItem, type Stored } from './reading.ts';
import { readPartition } from './read-partition.ts';
import { settleSuspects } from './settle-suspects.ts';
import { tallyFindings } from './tally-findings.ts';
import { createTally, noteUnreadable, type Tally } from './tally.ts';

/** The work on one partition: what it adds up to, and what waits to be looked up. */
interface PartitionAudit {
  readonly context: AuditContext;
  readonly tally: Tally;
  readonly claims: Batch<Stored<Claim>>;
  readonly entries: Batch<Stored<BalanceTransaction & { readonly orderId: string }>>;
}

const requestLimit = 100;

/** Checks one owner: every item of the partition, the sums of the journal, and what the open orders hold. */
export async function auditOwner(context: AuditContext, owner: string): Promise<void> {
  const audit: PartitionAudit = {
    context,
    tally: createTally(),
    claims: createBatch({ limit: requestLimit, handle: (claims) => checkClaims(context, claims) }),
    entries: createBatch({ limit: requestLimit, handle: (entries) => checkEntryOrders(context, entries) }),
  };

  for await (const raw of readPartition(context, owner)) await takeItem(audit, raw);
  await audit.claims.end();
  await audit.entries.end();

  const suspects = tallyFindings(owner, audit.tally, { sums: context.holds.heldBy(owner) });
  if (suspects.length > 0) await settleSuspects(context, owner, suspects);
}

const countOf = {
  balance: 'balances',
  transaction: 'transactions',
  claim: 'idempotencyClaims',
  unknown: 'others',
} as const satisfies Record<LedgerRecord['kind'], keyof AuditContext['counts']>;

async function takeItem({ context, tally, claims, entries }: PartitionAudit, raw: RawItem): Promise<void> {
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
  } else if (read.value.kind === 'claim') {
    await claims.add({ raw, value: read.value.claim });
  }
}
