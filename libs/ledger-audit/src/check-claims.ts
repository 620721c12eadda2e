import { type RawItem, readItems } from '@cnop/database-core';
import { type Claim, claimKey, transactionKey } from '@cnop/entities-ledger/table';
import type { AuditContext } from './audit-context.ts';
import { deserializeError } from '@cnop/exceptions';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { itemFindings, namesInClaim } from './item-findings.ts';
import { isStored, readClaim, readEntry, readPair, type Stored } from './reading.ts';

/** Checks that the idempotency claims of one user stand for the entries that they name. */
export async function checkClaims(context: AuditContext, claims: readonly Stored<Claim>[]): Promise<void> {
  const { database, ledgerTable } = context;
  const named = new Map(claims.map(({ value }) => [value.transactionId, { ...entryKeyOf(value) }]));
  const entries = await readItems(database, { tableName: ledgerTable, keys: [...named.values()] });
  const byKey = new Map(entries.map((raw) => [raw.sk, raw]));

  for (const claim of claims) {
    const suspects = claimFindings(claim, byKey.get(entryKeyOf(claim.value).sk));
    if (suspects.length > 0) await recheck(context, claim.value, suspects);
  }
}

const entryKeyOf = ({ owner, transactionId }: Claim) => transactionKey(owner, transactionId);

function claimFindings(claim: Stored<Claim>, rawEntry: RawItem | undefined): BrokenInvariant[] {
  const { value, raw } = claim;
  const { owner, transactionId, status } = value;
  const about = { owner, transactionId, items: [raw] };

  return [
    ...itemFindings(namesInClaim(value), about),
    ...(status === 'REFUSED' && !hasRefusal(value) ? [brokenInvariant('refused-claim-without-refusal', about)] : []),
    ...entryOfClaimFindings(claim, rawEntry),
  ];
}

/** Whether a repeat of a refused request can be refused alike. */
function hasRefusal({ refusal = '' }: Claim): boolean {
  try {
    return deserializeError(refusal).code !== '';
  } catch {
    return false;
  }
}

/** An accepted claim names an entry with its key; a refused one names none, or one that failed. */
function entryOfClaimFindings({ value: claim, raw }: Stored<Claim>, rawEntry: RawItem | undefined): BrokenInvariant[] {
  const { owner, transactionId, status, actor, key } = claim;
  const about = { owner, transactionId, items: [raw, rawEntry] };
  if (!rawEntry) return status === 'ACCEPTED' ? [brokenInvariant('claim-entry-missing', about)] : [];

  const entry = readEntry(rawEntry);
  if (!isStored(entry)) return [];

  const { value } = entry;
  if (status === 'REFUSED') {
    return value.status === 'FAILED'
      ? []
      : [brokenInvariant('refused-claim-has-entry', { ...about, found: value.status })];
  }
  const isOfClaim = value.idempotencyKey === key && (value.actor ?? owner) === actor;
  return isOfClaim ? [] : [brokenInvariant('claim-entry-differs', about)];
}

async function recheck(context: AuditContext, claim: Claim, suspects: readonly BrokenInvariant[]): Promise<void> {
  const { log, ledgerTable: tableName } = context;
  const pair = await readPair(context, [
    { tableName, key: claimKey(claim.owner, claim.actor, claim.key) },
    { tableName, key: { ...entryKeyOf(claim) } },
  ]);
  if (!pair) {
    log.reportUnsettled(...suspects);
    return;
  }
  const [rawClaim, rawEntry] = pair;
  const claimThen = rawClaim && readClaim(rawClaim);

  if (isStored(claimThen)) log.report(...claimFindings(claimThen, rawEntry));
}
