import { readItem, type RawItem } from '@cnop/database-core';
import type { User } from '@cnop/entities-user';
import { emailKey, userKey, type EmailClaim } from '@cnop/entities-user/table';
import type { AuditContext } from './audit-context.ts';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { isStored, malformed, readEmailClaim, readProfile, type Stored } from './reading.ts';
import { readPair } from './read-pair.ts';

/** Checks the claim on one address: that the user who has it has a profile, and that address in it. */
export async function auditEmailClaim(context: AuditContext, email: string): Promise<void> {
  const { database, usersTable: tableName, counts, log } = context;
  const raw = await readItem(database, { tableName, key: { ...emailKey(email) } });
  if (!raw) return;

  counts.emailClaims += 1;
  const claim = readEmailClaim(raw);
  if (!isStored(claim)) {
    log.report(malformed(claim));
    return;
  }
  const profile = await readItem(database, { tableName, key: { ...userKey(claim.value.username) } });
  const suspects = claimFindings(claim, profile);
  if (suspects.length > 0) await recheckClaim(context, claim.value, suspects);
}

/** Checks that the address of a profile is claimed by its user. */
export async function checkProfile(context: AuditContext, profile: Stored<User>): Promise<void> {
  const { email } = profile.value;
  const claim = await readItem(context.database, { tableName: context.usersTable, key: { ...emailKey(email) } });
  const suspects = profileFindings(profile, claim);

  if (suspects.length > 0) await recheckProfile(context, profile.value, suspects);
}

function claimFindings({ value, raw }: Stored<EmailClaim>, rawProfile: RawItem | undefined): BrokenInvariant[] {
  const { username, email } = value;
  if (!rawProfile) return [brokenInvariant('email-claim-without-profile', { owner: username, items: [raw] })];

  const profile = readProfile(rawProfile);
  return isStored(profile) && profile.value.email !== email
    ? [brokenInvariant('email-claim-not-used', { owner: username, items: [raw, rawProfile] })]
    : [];
}

function profileFindings({ value, raw }: Stored<User>, rawClaim: RawItem | undefined): BrokenInvariant[] {
  const { username } = value;
  if (!rawClaim) return [brokenInvariant('email-claim-missing', { owner: username, items: [raw] })];

  const claim = readEmailClaim(rawClaim);
  return isStored(claim) && claim.value.username !== username
    ? [
        brokenInvariant('email-claim-of-other-user', {
          owner: username,
          items: [raw, rawClaim],
          found: claim.value.username,
        }),
      ]
    : [];
}

async function recheckClaim(
  context: AuditContext,
  { username, email }: EmailClaim,
  suspects: readonly BrokenInvariant[],
): Promise<void> {
  const pair = await readClaimAndProfile(context, { username, email });
  const claim = pair?.[0] && readEmailClaim(pair[0]);

  if (!pair) context.log.reportUnsettled(...suspects);
  else if (isStored(claim) && claim.value.username === username) context.log.report(...claimFindings(claim, pair[1]));
}

/** A profile that has got another address meanwhile is checked for that one. */
async function recheckProfile(
  context: AuditContext,
  { username, email }: User,
  suspects: readonly BrokenInvariant[],
): Promise<void> {
  const pair = await readClaimAndProfile(context, { username, email });
  const profile = pair?.[1] && readProfile(pair[1]);

  if (!pair) context.log.reportUnsettled(...suspects);
  else if (isStored(profile) && profile.value.email !== email) await checkProfile(context, profile);
  else if (isStored(profile)) context.log.report(...profileFindings(profile, pair[0]));
}

const readClaimAndProfile = (
  context: AuditContext,
  { username, email }: { readonly username: string; readonly email: string },
) =>
  readPair(context, [
    { tableName: context.usersTable, key: { ...emailKey(email) } },
    { tableName: context.usersTable, key: { ...userKey(username) } },
  ]);
