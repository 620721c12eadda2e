import type { Balance, BalanceTransaction, Posting } from '@cnop/entities-ledger';
import type { User } from '@cnop/entities-user';
import type { Claim } from '@cnop/entities-ledger/table';
import type { EmailClaim, Session } from '@cnop/entities-user/table';
import { firstPassword } from '../first-password.ts';
import { factLine } from './fact-line.ts';
import type { Fact } from './fact.ts';

/** A user as a fact; of the address its domain, which does not differ from run to run. */
export function userFact({ username: owner, status, role, email, firstName, phone, version }: User): Fact {
  const line = factLine('user', status, role, domainOf(email), firstName, phone, `v${version}`);

  return { id: owner, line, isFence: false };
}

/** What ends sessions, and the password, as a fact. */
export const accessFact = (owner: string, { sessionEpoch = 0, passwordHash }: Access): Fact => ({
  id: `access of ${owner}`,
  line: factLine(
    'epoch',
    String(sessionEpoch),
    passwordHash === firstPassword.hash ? 'first password' : 'other password',
  ),
  isFence: false,
});

interface Access {
  readonly sessionEpoch?: number | undefined;
  readonly passwordHash: string;
}

/** A session as a fact: named by the token that is good now, so that nobody is told another one. */
export const sessionFact = ({ familyId, tokenHash, rotations, revokedFor }: SessionState): Fact => ({
  id: `${familyId} ${tokenHash}`,
  line: factLine('session', 'rotated', String(rotations), revokedFor),
  isFence: false,
});

/** What is told of a session. */
export type SessionState = Pick<Session, 'familyId' | 'tokenHash' | 'rotations' | 'revokedFor'>;

/** That an address is somebody's. */
export const addressFact = ({ email }: EmailClaim): Fact => ({
  id: email,
  line: factLine('address', domainOf(email)),
  isFence: false,
});

/** A balance as a fact, with all its amounts. */
export function balanceFact(balance: Balance): Fact {
  const { owner, code, availableMinor, heldMinor, totalDepositedMinor, totalWithdrawnMinor, status, version } = balance;
  const amounts = `available ${availableMinor} held ${heldMinor} in ${totalDepositedMinor} out ${totalWithdrawnMinor}`;

  return { id: `${owner} ${code}`, line: factLine(code, amounts, status, `v${version}`), isFence: false };
}

/** A journal entry as a fact, with its postings. */
export function entryFact({ transactionId, transactionType, status, postings }: BalanceTransaction): Fact {
  const line = factLine('entry', transactionType, status, ...postings.map(postingText));

  return { id: transactionId, line, isFence: status === 'FAILED' };
}

/** That an idempotency key was used. */
export const claimFact = ({ key, status }: Claim): Fact => ({
  id: key,
  line: factLine('key', key, status),
  isFence: status === 'REFUSED',
});

const domainOf = (email: string): string => email.slice(email.indexOf('@') + 1);

const postingText = ({ code, bucket, amountMinor }: Posting): string =>
  `${code}${amountMinor < 0n ? '' : '+'}${amountMinor}${bucket === 'available' ? '' : ` ${bucket}`}`;
