import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type Database, preparedOnce } from '@cnop/database-core';
import { sharedErrors } from '@cnop/exceptions';
import ipaddr from 'ipaddr.js';
import type { UsersContext } from '../users-table.ts';

/** How failed attempts to log in slow down later ones. Times are in milliseconds. */
export interface LoginPolicy {
  /** Failures allowed per source before delays start. Default 5. */
  readonly freeFailures: number;
  /** What the next one costs; it doubles with each further failure. Default 1 second. */
  readonly baseDelayMs: number;
  /** What no wait for one source ever exceeds. Default 15 minutes. */
  readonly maxDelayMs: number;
  /** Attempts from one source whose passwords may be checked at once, right or wrong. Default 50. */
  readonly maxChecking: number;
  /** An attempt that has not ended after so long counts as failed: its process has died. Default 1 minute. */
  readonly checkingForMs: number;
  /** After so long without an attempt the failures of a source are forgotten. Default 1 day. */
  readonly forgetAfterMs: number;
  /** A source is known for so long after the right password came from there. Default 90 days. */
  readonly knownForMs: number;
  /** Attempts allowed from all unknown sources together before delays start. Default 50. */
  readonly strangersBurst: number;
  /** One more of those becomes free in such a time. Default 3 minutes. */
  readonly strangersIntervalMs: number;
  /** How many known sources are remembered. Default 8. */
  readonly maxKnown: number;
  /** How many unknown sources are remembered. Default 12. */
  readonly maxStrangers: number;
}

const minute = 60_000;
const day = 1_440 * minute;
const defaults: LoginPolicy = {
  freeFailures: 5,
  baseDelayMs: 1_000,
  maxDelayMs: 15 * minute,
  maxChecking: 50,
  checkingForMs: minute,
  forgetAfterMs: day,
  knownForMs: 90 * day,
  strangersBurst: 50,
  strangersIntervalMs: 3 * minute,
  maxKnown: 8,
  maxStrangers: 12,
};
/** An item must stay well within what DynamoDB holds, and a write within a few units. */
const mostSources = 100;

/**
 * The policy with its defaults.
 *
 * @throws {@link sharedErrors.ConfigurationError} naming the setting that makes no sense.
 */
export function loginPolicy(given: Partial<LoginPolicy> = {}): LoginPolicy {
  const policy = { ...defaults, ...given };
  const wrong = Object.entries(policy).find(([, value]: [string, number]) => !Number.isSafeInteger(value) || value < 1);

  if (wrong)
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: `policy.${wrong[0]}`, rule: 'must be a positive whole number' }],
    });
  if (policy.maxKnown + policy.maxStrangers > mostSources) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'policy.maxStrangers', rule: `must leave at most ${mostSources} sources` }],
    });
  }
  return policy;
}

/** The number of slots for the names that nobody has, however many are tried. */
const SLOTS = 16_384;

/** Where attempts under a name are recorded that nobody has, and by what they are told from those under other names there. */
export interface LoginSlot {
  readonly slot: number;
  readonly name: string;
}

/** The slot of a name. Who does not know the key cannot tell which names share one. */
export function loginSlotOf(name: string, slotKey: string): LoginSlot {
  const digest = createHmac('sha256', slotKey).update(name).digest();

  return { slot: digest.readUInt32BE(0) % SLOTS, name: digest.subarray(4, 20).toString('base64url') };
}

const DIGEST_CHARACTERS = 16;

/** The origin of an attempt from an address; a text that is none is a source of its own, and only attempts without any share one. */
export const originOfAddress = (name: string, address = 'unknown'): LoginOrigin => ({
  source: digestOf(name, ipaddr.isValid(address) ? networkOf(address) : address),
  trusted: false,
});

/** The origin of an attempt by a user who has a session: an origin of their own, which no stranger can use up. */
export const originOfSession = (name: string): LoginOrigin => ({ source: digestOf(name, 'session'), trusted: true });

/** One IPv4 address, or the 64 bits of an IPv6 address that name a network: whoever has one address there has them all. */
function networkOf(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();

  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** Different for each name, so that no two records show that they have a source in common. */
const digestOf = (name: string, source: string): string =>
  createHash('sha256').update(`${name}\n${source}`).digest('base64url').slice(0, DIGEST_CHARACTERS);

/** How attempts to log in are judged. */
export interface LoginOptions {
  readonly policy?: Partial<LoginPolicy>;
  /**
   * A secret of at least 16 characters, the same in every process: it decides where attempts under names that nobody has are counted,
   * so that they wait as others do, whichever process takes them. Default: a random one, for each database of a process its own.
   */
  readonly slotKey?: string;
}

/** The options, checked, with their defaults. */
export interface LoginSettings {
  readonly policy: LoginPolicy;
  readonly slotKey: string;
}

/** What an attempt to log in works with. */
export interface LoginContext extends UsersContext, LoginSettings {}

const MIN_KEY_LENGTH = 16;

/** @throws {@link sharedErrors.ConfigurationError} naming the option that is wrong. */
export function loginSettings(database: Database, { policy, slotKey }: LoginOptions = {}): LoginSettings {
  if (slotKey !== undefined && slotKey.length < MIN_KEY_LENGTH) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: 'slotKey', rule: `must have at least ${MIN_KEY_LENGTH} characters` }],
    });
  }
  return { policy: loginPolicy(policy), slotKey: slotKey ?? preparedOnce(database, drawSlotKey) };
}

const drawSlotKey = () => randomBytes(MIN_KEY_LENGTH).toString('base64url');

/** Where an attempt comes from. */
export interface LoginOrigin {
  /** The digest of the source. */
  readonly source: string;
  /** Whether who asks is known already, by a session say: strangers do not delay them. */
  readonly trusted: boolean;
}
