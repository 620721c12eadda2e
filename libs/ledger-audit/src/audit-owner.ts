import type { RawItem } from '@cnop/database-core';
import type { BalanceTransaction } from '@cnop/entities-ledger';
import { claimOfKey, codeOfKey, transactionIdOfKey, type Claim } from '@cnop/entities-ledger/table';
import type { AuditContext } from './audit-context.ts';
import { balanceFindings } from './balance-findings.ts';
import { createBatch, type Batch } from './batch.ts';
import { checkClaims } from './check-claims.ts';
import { checkEntryOrders } from './check-entry-orders.ts';
import { belongsToOrder, entryFindings } from './entry-findings.ts';
import { isStored, malformed, readBalance, readClaim, readEntry, type Stored } from './reading.ts';
import { readPartition } from './read-partition.ts';
import { settleSuspects } from './settle-suspects.ts';
import { tallyFindings } from './tally-findings.ts';
import { createTally, type Tally } from './tally.ts';

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

async function takeItem(audit: PartitionAudit, raw: RawItem): Promise<void> {
  const sortKey = String(raw.sk);

  if (codeOfKey(sortKey) !== undefined) takeBalance(audit, raw);
  else if (transactionIdOfKey(sortKey) !== undefined) await takeEntry(audit, raw);
  else if (claimOfKey(sortKey) !== undefined) await takeClaim(audit, raw);
  else audit.context.counts.others += 1;
}

function takeBalance({ context: { counts, log }, tally }: PartitionAudit, raw: RawItem): void {
  counts.balances += 1;
  const balance = readBalance(raw);

  if (isStored(balance)) {
    tally.addBalance(balance);
    log.report(...balanceFindings(balance));
  } else {
    tally.addUnreadableBalance(codeOfKey(String(raw.sk)) ?? '');
    log.report(malformed(balance));
  }
}

async function takeEntry({ context, tally, entries }: PartitionAudit, raw: RawItem): Promise<void> {
  context.counts.transactions += 1;
  const entry = readEntry(raw);

  if (!isStored(entry)) {
    context.log.report(malformed(entry));
    return;
  }
  context.log.report(...entryFindings(entry), ...tally.addEntry(entry));
  if (belongsToOrder(entry)) await entries.add(entry);
}

async function takeClaim({ context, claims }: PartitionAudit, raw: RawItem): Promise<void> {
  context.counts.idempotencyClaims += 1;
  const claim = readClaim(raw);

  if (isStored(claim)) await claims.add(claim);
  else context.log.report(malformed(claim));
}
