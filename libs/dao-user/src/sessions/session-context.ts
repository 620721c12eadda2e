import type { LoginContext } from '../logins/login-context.ts';
import type { SessionLifetimes } from './session-lifetimes.ts';

/** What every step of a session works with. */
export interface SessionContext extends LoginContext {
  readonly lifetimes: SessionLifetimes;
  /** So many random bytes that nobody can guess. */
  readonly randomBytes: (size: number) => Uint8Array;
}
