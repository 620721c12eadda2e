import type { Asset } from '@cnop/entities-inventory';
import type { Order } from '@cnop/entities-order';
import type { Balance, BalanceTransaction, Posting, User } from '@cnop/entities-user';
import type { Claim, EmailClaim, Session } from '@cnop/entities-user/table';
import { firstPassword } from '../first-password.ts';
import type { Fact } from './fact.ts';

/** A user as a fact; of the address its domain, which does not differ from run to run. */
export function userFact({ username, status, role, email, firstName, phone, version }: User): Fact {
  const line = text('user', status, role, domainOf(email), firstName, phone, `v${version}`);

  return { id: username, line, isFence: false };
}

/** What ends sessions, and the password, as a fact. */
export const accessFact = (username: string, { sessionEpoch = 0, passwordHash }: Access): Fact => ({
  id: `access of ${username}`,
  line: text('epoch', String(sessionEpoch), passwordHash === firstPassword.hash ? 'first password' : 'other password'),
  isFence: false,
});

interface Access {
  readonly sessionEpoch?: number | undefined;
  readonly passwordHash: string;
}

/** A session as a fact: named by the token that is good now, so that nobody is told another one. */
export const sessionFact = ({ familyId, tokenHash, rotations, revokedFor }: SessionState): Fact => ({
  id: `${familyId} ${tokenHash}`,
  line: text('session', 'rotated', String(rotations), revokedFor),
  isFence: false,
});

/** What is told of a session. */
export type SessionState = Pick<Session, 'familyId' | 'tokenHash' | 'rotations' | 'revokedFor'>;

/** That an address is somebody's. */
export const addressFact = ({ email }: EmailClaim): Fact => ({
  id: email,
  line: text('address', domainOf(email)),
  isFence: false,
});

/** A balance as a fact, with all its amounts. */
export function balanceFact(balance: Balance): Fact {
  const { username, code, availableMinor, heldMinor, totalDepositedMinor, totalWithdrawnMinor, status, version } =
    balance;
  const amounts = `available ${availableMinor} held ${heldMinor} in ${totalDepositedMinor} out ${totalWithdrawnMinor}`;

  return { id: `${username} ${code}`, line: text(code, amounts, status, `v${version}`), isFence: false };
}

/** A journal entry as a fact, with its postings. */
export function entryFact({ transactionId, transactionType, status, postings }: BalanceTransaction): Fact {
  const line = text('entry', transactionType, status, ...postings.map(postingText));

  return { id: transactionId, line, isFence: status === 'FAILED' };
}

/** That an idempotency key was used. */
export const claimFact = ({ key, status }: Claim): Fact => ({
  id: key,
  line: text('key', key, status),
  isFence: status === 'REFUSED',
});

/** An order as a fact, with what it was executed for. */
export function orderFact(order: Order): Fact {
  const { orderId, orderType, status, quantityMinor, assetId, fills, refundTransactionId, note, version } = order;
  const paid = fills.map(({ notionalMinor }) => `for ${notionalMinor}`);
  const refunded = refundTransactionId === undefined ? undefined : 'refunded';
  const line = text('order', orderType, status, quantityMinor, assetId, ...paid, refunded, note, `v${version}`);

  return { id: orderId, line, isFence: status === 'FAILED' };
}

/** An asset as a fact, with its price. */
export function assetFact({ assetId, status, name, priceMinor, version }: Asset): Fact {
  const line = text('asset', status, name, priceMinor === undefined ? undefined : `at ${priceMinor}`, `v${version}`);

  return { id: assetId, line, isFence: false };
}

const text = (...parts: readonly (string | bigint | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ');

const domainOf = (email: string): string => email.slice(email.indexOf('@') + 1);

const postingText = ({ code, bucket, amountMinor }: Posting): string =>
  `${code}${amountMinor < 0n ? '' : '+'}${amountMinor}${bucket === 'available' ? '' : ` ${bucket}`}`;
