import type { LoginRecord, LoginSource } from '@cnop/entities-user/table';
import type { LoginPolicy, LoginOrigin } from './login-policy.ts';

/** An attempt that may be made: the record with it, counted as being checked until it has succeeded or failed. */
export interface AllowedAttempt {
  readonly record: LoginRecord;
  /** Whether it used up a part of what sources not known have together. */
  readonly asStranger: boolean;
}

/** An attempt that has to wait. */
export interface DelayedAttempt {
  readonly retryAfterMs: number;
}

/** The moment, and the rules. */
export interface ThrottleTerms {
  readonly nowMs: number;
  readonly policy: LoginPolicy;
}

/** A name that nobody has tried. */
export const noAttempts: LoginRecord = { sources: [], strangersFreeAt: new Date(0).toISOString(), version: 0 };

/**
 * Counts an attempt before it is made, so that no more than `maxChecking` at once are a way around; or says how long it has to wait. Only
 * failures delay others. One that waits is not counted. Pure.
 */
export function chargeAttempt(
  record: LoginRecord,
  origin: LoginOrigin,
  { nowMs, policy }: ThrottleTerms,
): AllowedAttempt | DelayedAttempt {
  const before = sourceIn(record, origin.source, { nowMs, policy });
  const delayMs = delayAfter(before.failures, policy);
  const waitMs = Date.parse(before.lastAt) + delayMs - nowMs;
  // The clock of whoever came last may be a little ahead: that alone makes nobody wait.
  if (delayMs > 0 && waitMs > 0) return { retryAfterMs: waitMs };
  const { checking = 0 } = before;
  if (checking >= policy.maxChecking) return { retryAfterMs: policy.baseDelayMs };

  const asStranger = !origin.trusted && !isKnown(before, nowMs);
  const strangersFreeMs = Math.max(Date.parse(record.strangersFreeAt), nowMs) + policy.strangersIntervalMs;
  const overMs = strangersFreeMs - nowMs - policy.strangersBurst * policy.strangersIntervalMs;
  if (asStranger && overMs > 0) return { retryAfterMs: overMs };

  const source = { ...before, checking: checking + 1, lastAt: new Date(nowMs).toISOString() };
  const sources = remember(record.sources, source, { nowMs, policy });
  const strangersFreeAt = asStranger ? new Date(strangersFreeMs).toISOString() : record.strangersFreeAt;
  return { record: { ...record, sources, strangersFreeAt }, asStranger };
}

/** The record after an attempt that failed: later ones from its source wait the longer. Pure. */
export function failAttempt(
  record: LoginRecord,
  origin: Pick<LoginOrigin, 'source'>,
  { nowMs, policy }: ThrottleTerms,
): LoginRecord {
  const before = sourceIn(record, origin.source, { nowMs, policy });
  const { failures, checking = 0 } = before;
  const lastAt = new Date(nowMs).toISOString();
  const failed: LoginSource = {
    ...before,
    failures: failures + 1,
    checking: checking > 1 ? checking - 1 : undefined,
    lastAt,
  };

  return { ...record, sources: remember(record.sources, failed, { nowMs, policy }) };
}

/** The record after an attempt that succeeded: its source has no failures and is known, and what it used up is given back; what else is
 * being checked from there is no longer counted. Pure. */
export function forgiveAttempt(
  record: LoginRecord,
  { source, trusted, asStranger }: LoginOrigin & Pick<AllowedAttempt, 'asStranger'>,
  { nowMs, policy }: ThrottleTerms,
): LoginRecord {
  const lastAt = new Date(nowMs).toISOString();
  const knownUntil = new Date(nowMs + policy.knownForMs).toISOString();
  const forgiven: LoginSource = { source, failures: 0, lastAt, ...(!trusted && { knownUntil }) };
  const backMs = asStranger ? policy.strangersIntervalMs : 0;

  return {
    ...record,
    sources: remember(record.sources, forgiven, { nowMs, policy }),
    strangersFreeAt: new Date(Math.max(Date.parse(record.strangersFreeAt) - backMs, 0)).toISOString(),
  };
}

function sourceIn(record: LoginRecord, source: string, { nowMs, policy }: ThrottleTerms): LoginSource {
  const stored = record.sources.find((each) => each.source === source);
  if (!stored) return { source, failures: 0, lastAt: new Date(nowMs).toISOString() };

  const { checking = 0, failures } = stored;
  const idleMs = nowMs - Date.parse(stored.lastAt);
  if (idleMs >= policy.forgetAfterMs) return { ...stored, failures: 0, checking: undefined };
  return idleMs >= policy.checkingForMs ? { ...stored, failures: failures + checking, checking: undefined } : stored;
}

/** How long to wait after the last of that number of failures. */
function delayAfter(failures: number, { freeFailures, baseDelayMs, maxDelayMs }: LoginPolicy): number {
  return failures < freeFailures ? 0 : Math.min(maxDelayMs, baseDelayMs * 2 ** Math.min(failures - freeFailures, 52));
}

const isKnown = ({ knownUntil }: LoginSource, nowMs: number): boolean =>
  knownUntil !== undefined && Date.parse(knownUntil) > nowMs;

/** The sources with this one, the latest first. Known ones and others have room of their own: no stranger pushes a known one out. */
function remember(
  sources: readonly LoginSource[],
  latest: LoginSource,
  { nowMs, policy }: ThrottleTerms,
): LoginSource[] {
  const others = sources.filter(({ source }) => source !== latest.source);
  const all = [latest, ...others];
  const known = all.filter((each) => isKnown(each, nowMs)).slice(0, policy.maxKnown);
  const strangers = all.filter(
    (each) => !isKnown(each, nowMs) && nowMs - Date.parse(each.lastAt) < policy.forgetAfterMs,
  );

  return [...known, ...strangers.slice(0, policy.maxStrangers)];
}
