import { defineErrors } from '@cnop/exceptions';

/**
 * Why a refresh token is not accepted: nobody has such a session, it has expired, it was revoked, or the token was used before, which
 * revokes the session.
 */
export type SessionEndReason = 'unknown' | 'expired' | 'revoked' | 'reused';

/** A message that leaves the name of the user out: it is personal. */
const unnamed =
  (text: string): ((details: { readonly username: string }) => string) =>
  () =>
    text;

/** The errors of users, their log-ins and their sessions. */
export const userErrors = defineErrors({
  /** No user has that name. */
  UserNotFoundError: {
    code: 'USER_NOT_FOUND',
    status: 404,
    title: 'There is no such user.',
    advice: 'Check the username; it is looked up in lower case.',
    message: unnamed('there is no user of that name'),
  },
  /** Another user has that name. */
  UsernameTakenError: {
    code: 'USERNAME_TAKEN',
    status: 409,
    title: 'The username is taken.',
    advice: 'Choose another username.',
    message: unnamed('another user has that name'),
  },
  /** Another user has that email address. */
  EmailTakenError: {
    code: 'EMAIL_TAKEN',
    status: 409,
    title: 'The email address is taken.',
    advice: 'Use another address, or log in with the account that has it.',
  },
  /** The user is the last active administrator: without one, nobody could make another. */
  LastAdminError: {
    code: 'LAST_ADMIN',
    status: 409,
    title: 'The user is the last active administrator.',
    advice: 'Make another user an administrator first, or start the user service with another `CNOP_ADMIN_USERNAME`.',
  },
  /** Unknown user or wrong password; the two are not told apart. */
  InvalidCredentialsError: {
    code: 'CREDENTIALS_INVALID',
    status: 401,
    title: 'The credentials are not valid.',
    advice: 'An unknown user and a wrong password get the same response.',
  },
  /** Too many attempts to log in have failed; the next one must wait. The password was not checked. */
  LoginDelayedError: {
    code: 'LOGIN_DELAYED',
    status: 429,
    retryable: true,
    title: 'Log-in is delayed after failed attempts.',
    advice: 'Try again after `retryAfterSeconds`. Each further attempt that fails makes the delay longer.',
    message: ({ retryAfterSeconds }: { readonly retryAfterSeconds: number }) =>
      `log-in is delayed for ${retryAfterSeconds} s after failed attempts`,
  },
  /** The refresh token belongs to no session that is still valid. */
  SessionEndedError: {
    code: 'SESSION_ENDED',
    status: 401,
    title: 'The session has ended.',
    advice: 'Log in again. `reason` says whether the refresh token is unknown, expired, revoked, or was used before.',
    message: ({ reason }: { readonly reason: SessionEndReason }) =>
      reason === 'reused' ? 'the refresh token was used before' : `the refresh token is ${reason}`,
  },
  /** The user is suspended or deleted. */
  UserNotActiveError: {
    code: 'USER_NOT_ACTIVE',
    status: 403,
    title: 'The user is not active.',
    advice: 'The user is suspended or deleted.',
    message: ({ status }: { readonly username: string; readonly status: string }) => `the user is ${status}`,
  },
});
