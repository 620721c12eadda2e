import { type ItemAddress, type ItemKey, type RawItem, readItem } from '@cnop/database-core';
import type { User } from '@cnop/entities-user';
import { type EmailClaim, emailKey, userKey, usersItemKind } from '@cnop/entities-user/table';
import type { AuditContext } from './audit-context.ts';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { isStored, malformed, readEmailClaim, readPair, readProfile, scanSegments, type Stored } from './reading.ts';

/** What the rules of users work with. */
interface UsersAudit extends AuditContext {
  readonly usersTable: string;
}

/**
 * Checks, where there are users, that the address of every profile is claimed by its user, and that the user of every claim has a profile
 * with that address. Finds both by their keys, and reads them consistently.
 */
export async function auditUsers(context: AuditContext): Promise<void> {
  const { database, usersTable, segments } = context;
  if (usersTable === undefined) return;

  await scanSegments(database, {
    request: { TableName: usersTable, ProjectionExpression: 'pk, sk' },
    segments,
    handle: async (items) => {
      for await (const key of items) await auditItem({ ...context, usersTable }, key);
    },
  });
}

async function auditItem(context: UsersAudit, { pk, sk }: RawItem): Promise<void> {
  const key = { pk: String(pk), sk: String(sk) };
  const kind = usersItemKind(key);

  if (kind === 'user') await auditProfile(context, key);
  else if (kind === 'email-claim') await auditEmailClaim(context, key);
  else context.counts.others += 1;
  if (kind === 'unknown') context.log.report(brokenInvariant('unknown-item', { items: [key] }));
  context.progress();
}

async function auditProfile(context: UsersAudit, key: ItemKey): Promise<void> {
  const raw = await readItem(context.database, { tableName: context.usersTable, key });
  if (!raw) return;

  context.counts.users += 1;
  const profile = readProfile(raw);
  if (isStored(profile)) await checkProfile(context, profile);
  else context.log.report(malformed(profile));
}

async function auditEmailClaim(context: UsersAudit, key: ItemKey): Promise<void> {
  const raw = await readItem(context.database, { tableName: context.usersTable, key });
  if (!raw) return;

  context.counts.emailClaims += 1;
  const claim = readEmailClaim(raw);
  if (!isStored(claim)) {
    context.log.report(malformed(claim));
    return;
  }
  const profile = await readItem(context.database, profileOf(context, claim.value.username));
  const suspects = claimFindings(claim, profile);
  if (suspects.length > 0) await recheckClaim(context, claim.value, suspects);
}

async function checkProfile(context: UsersAudit, profile: Stored<User>): Promise<void> {
  const claim = await readItem(context.database, claimOf(context, profile.value.email));
  const suspects = profileFindings(profile, claim);

  if (suspects.length > 0) await recheckProfile(context, profile.value, suspects);
}

function claimFindings({ value, raw }: Stored<EmailClaim>, rawProfile: RawItem | undefined): BrokenInvariant[] {
  const { username: owner, email } = value;
  if (!rawProfile) return [brokenInvariant('email-claim-without-profile', { owner, items: [raw] })];

  const profile = readProfile(rawProfile);
  return isStored(profile) && profile.value.email !== email
    ? [brokenInvariant('email-claim-not-used', { owner, items: [raw, rawProfile] })]
    : [];
}

function profileFindings({ value, raw }: Stored<User>, rawClaim: RawItem | undefined): BrokenInvariant[] {
  const { username: owner } = value;
  if (!rawClaim) return [brokenInvariant('email-claim-missing', { owner, items: [raw] })];

  const claim = readEmailClaim(rawClaim);
  return isStored(claim) && claim.value.username !== owner
    ? [brokenInvariant('email-claim-of-other-user', { owner, items: [raw, rawClaim], found: claim.value.username })]
    : [];
}

async function recheckClaim(
  context: UsersAudit,
  { username, email }: EmailClaim,
  suspects: readonly BrokenInvariant[],
): Promise<void> {
  const pair = await readPair(context, [claimOf(context, email), profileOf(context, username)]);
  const claim = pair?.[0] && readEmailClaim(pair[0]);

  if (!pair) context.log.reportUnsettled(...suspects);
  else if (isStored(claim) && claim.value.username === username) context.log.report(...claimFindings(claim, pair[1]));
}

/** A profile that has got another address meanwhile is checked for that one. */
async function recheckProfile(
  context: UsersAudit,
  { username, email }: User,
  suspects: readonly BrokenInvariant[],
): Promise<void> {
  const pair = await readPair(context, [claimOf(context, email), profileOf(context, username)]);
  const profile = pair?.[1] && readProfile(pair[1]);

  if (!pair) context.log.reportUnsettled(...suspects);
  else if (isStored(profile) && profile.value.email !== email) await checkProfile(context, profile);
  else if (isStored(profile)) context.log.report(...profileFindings(profile, pair[0]));
}

const profileOf = ({ usersTable: tableName }: UsersAudit, username: string): ItemAddress => ({
  tableName,
  key: userKey(username),
});

const claimOf = ({ usersTable: tableName }: UsersAudit, email: string): ItemAddress => ({
  tableName,
  key: emailKey(email),
});
