import { usernameSchema } from '@cnop/validation';
import { checkPassword } from '../logins/check-password.ts';
import { originOfAddress } from '../logins/login-source.ts';
import { beginSession } from './create-session.ts';
import type { IssuedSession } from './issued-session.ts';
import type { SessionContext } from './session-context.ts';
import { sessionOwnerIn } from './stored-family.ts';

/** Who wants to log in, and from where. */
export interface LogIn {
  readonly username: string;
  readonly password: string;
  /** The client's IP address. Clients without one are taken for one and the same. */
  readonly address?: string | undefined;
}

/** Checks a password and begins a session; see `SessionDao.logIn`. */
export async function logIn(context: SessionContext, { username, password, address }: LogIn): Promise<IssuedSession> {
  const name = usernameSchema.safeParse(username).data ?? username;
  const profile = await checkPassword(context, { name, password, origin: originOfAddress(name, address) });

  return await beginSession(context, sessionOwnerIn(profile));
}
