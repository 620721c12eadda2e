import type { RawItem } from '@cnop/database-core';
import { userErrors } from '@cnop/entities-user';
import { fromUserItem, userItemExtras } from '@cnop/entities-user/table';
import { decoyHash, passwordMatches } from '../password-hash.ts';
import { beginAttempt } from './login-attempt.ts';
import type { LoginContext } from './login-context.ts';
import type { LoginOrigin } from './login-throttle.ts';

/** A password for a name, and where it comes from. */
export interface PasswordAttempt {
  readonly name: string;
  readonly password: string;
  readonly origin: LoginOrigin;
}

/**
 * The profile whose password it is, the attempt counted before the password is looked at. Who is deleted has none.
 *
 * @throws InvalidCredentialsError, LoginDelayedError, ContentionError.
 */
export async function checkPassword(
  context: LoginContext,
  { name, password, origin }: PasswordAttempt,
): Promise<RawItem> {
  const attempt = await beginAttempt(context, name, origin);
  const { profile } = attempt;
  const matches = await passwordMatches(profile ? userItemExtras(profile).passwordHash : decoyHash, password);
  if (!matches || !profile || fromUserItem(profile).status === 'DELETED')
    throw new userErrors.InvalidCredentialsError({});

  await attempt.succeed();
  return profile;
}
