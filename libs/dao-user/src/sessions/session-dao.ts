import { randomBytes } from 'node:crypto';
import type { Database } from '@cnop/database-core';
import { parseInput, usernameSchema } from '@cnop/validation';
import * as z from 'zod';
import { type LoginOptions, loginSettings } from '../logins/login-policy.ts';
import { endAllSessions } from '../update-user.ts';
import { openUsersTable } from '../users-table.ts';
import { createSession, logIn, type LogIn } from './create-session.ts';
import type { IssuedSession } from './issued-session.ts';
import { revokeSession } from './revoke-session.ts';
import { rotateSession } from './rotate-session.ts';
import { type SessionContext, sessionLifetimes, type SessionLifetimes } from './session-lifetimes.ts';

/** Texts only: what they say is a matter of credentials, not of form. */
const textSchema = z.string();
const logInSchema = z.strictObject({ username: textSchema, password: textSchema, address: textSchema.optional() });

/** What a {@link SessionDao} works with. */
export interface SessionDaoOptions {
  readonly database: Database;
  readonly lifetimes?: Partial<SessionLifetimes>;
  readonly logins?: LoginOptions;
  /** That number of random bytes, which nobody can guess. Default: those of `node:crypto`. */
  readonly randomBytes?: (size: number) => Uint8Array;
}

/**
 * Sessions of users: families of rotating refresh tokens, of which only a SHA-256 is stored.
 *
 * Each token is single-use and returns the next one. The same token again within `repeatMs` is a client that got no answer,
 * or two of its requests at once, and gets the very same next token; later, or an older token, is a copy in other hands, and ends the
 * session for both.
 */
export class SessionDao {
  readonly #context: SessionContext;

  /** @throws ConfigurationError for a lifetime or a policy that makes no sense. */
  constructor({ database, lifetimes, logins, randomBytes: random = randomBytes }: SessionDaoOptions) {
    this.#context = {
      database,
      table: openUsersTable(database),
      ...loginSettings(database, logins),
      lifetimes: sessionLifetimes(lifetimes),
      randomBytes: random,
    };
  }

  /**
   * Checks a password and begins a session. An unknown user, a deleted one and a wrong password get the same answer after the same
   * work: one BatchGetItem, two writes, one argon2. Failed attempts make later ones from the same address wait, longer each time, and
   * those of all addresses together from which the user never logged in; an address that is known is not held up by strangers.
   * What is still being checked delays nobody: up to 50 log-ins at once from one address are all let in with the right password.
   *
   * Costs 3 read units, and 3 write units: the attempt, its success, and the session.
   *
   * @throws InvalidCredentialsError; LoginDelayedError, before the password is looked at; UserNotActiveError for a suspended user
   *   with the right password; ContentionError, OutcomeUnknownError; ValidationError for what is no text.
   */
  async logIn(request: LogIn): Promise<IssuedSession> {
    return await logIn(this.#context, parseInput(logInSchema, request));
  }

  /**
   * Begins a session of a user whose identity was proved in another way. Costs 1 read unit and 1 write unit.
   *
   * @throws UserNotFoundError, UserNotActiveError, ValidationError; OutcomeUnknownError, after which another call is another session.
   */
  async createSession(username: string): Promise<IssuedSession> {
    return await createSession(this.#context, parseInput(usernameSchema, username));
  }

  /**
   * Gives the next refresh token for one that is good, once; a repeat within `repeatMs` is a replay. A token that was used before ends
   * its session. Costs 2 read units and 1 write unit; no write for a replay and for a token that is over.
   *
   * @throws SessionEndedError with the reason; ContentionError when the token has been used, and the next one too, by requests at the
   *   same time; OutcomeUnknownError, after which the same token may be tried again; ValidationError for what is no text.
   */
  async rotateSession(refreshToken: string): Promise<IssuedSession> {
    return await rotateSession(this.#context, parseInput(textSchema, refreshToken));
  }

  /**
   * Ends the session that a refresh token belongs to, be it the one that is good or an older one. A text that is no token, a session
   * that is over and one that nobody has are as good as ended. Access tokens that carry the session end with it, as soon
   * as their `AccessCheck` notices. Costs 1 write unit.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2.2} for why that is no error.
   * @throws OutcomeUnknownError; ValidationError for what is no text.
   */
  async revokeSession(refreshToken: string): Promise<void> {
    await revokeSession(this.#context, parseInput(textSchema, refreshToken));
  }

  /**
   * Ends all sessions of a user at once, in one write: they are of an epoch that is over. Access tokens that carry the epoch end with
   * them, as soon as their `AccessCheck` notices. Costs 1 read unit and 1 write unit.
   *
   * @throws UserNotFoundError, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async revokeAllSessions(username: string): Promise<void> {
    await endAllSessions(this.#context, parseInput(usernameSchema, username));
  }
}
