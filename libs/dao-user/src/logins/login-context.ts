import { randomBytes } from 'node:crypto';
import { preparedOnce, type Database } from '@cnop/database-core';
import { ConfigurationError } from '@cnop/exceptions';
import type { UsersContext } from '../users-table.ts';
import { loginPolicy, type LoginPolicy } from './login-policy.ts';

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

/** @throws {@link ConfigurationError} naming the option that is wrong. */
export function loginSettings(database: Database, { policy, slotKey }: LoginOptions = {}): LoginSettings {
  if (slotKey !== undefined && slotKey.length < MIN_KEY_LENGTH) {
    throw new ConfigurationError({
      settings: [{ setting: 'slotKey', rule: `must have at least ${MIN_KEY_LENGTH} characters` }],
    });
  }
  return { policy: loginPolicy(policy), slotKey: slotKey ?? preparedOnce(database, drawSlotKey) };
}

const drawSlotKey = () => randomBytes(MIN_KEY_LENGTH).toString('base64url');
