import { readItems, type ItemKey, type RawItem } from '@cnop/database-core';
import { userErrors } from '@cnop/entities-user';
import { loginKey, loginSlotKey, userKey } from '@cnop/entities-user/table';
import { usernameSchema } from '@cnop/validation';
import type { LoginContext } from './login-context.ts';
import { changeLoginRecord, type StoredRecord } from './login-record.ts';
import { loginSlotOf } from './login-slot.ts';
import { chargeAttempt, forgiveAttempt, type LoginOrigin } from './login-throttle.ts';

/** An attempt that has been counted. */
export interface LoginAttempt {
  /** The item of the user's profile; absent where nobody has that name. */
  readonly profile: RawItem | undefined;
  /** Takes back that it counts as failed, and remembers where it came from. */
  succeed(): Promise<void>;
}

/**
 * Counts an attempt under a name, before its password is looked at.
 *
 * The same requests are made whether or not somebody has the name: a read of three items, and a write of the user's record, or of the
 * slot where the name's attempts are counted while nobody has it. There is a fixed number of slots, so that no stranger can fill the
 * table; a name that comes into a slot pushes out the one before.
 *
 * @throws {@link userErrors.LoginDelayedError} when it has to wait; ContentionError, OutcomeUnknownError.
 */
export async function beginAttempt(context: LoginContext, name: string, origin: LoginOrigin): Promise<LoginAttempt> {
  const { policy } = context;
  const { profile, record } = await readPlace(context, name);
  let asStranger = false;

  const counted = await changeLoginRecord(context, record, (before, nowMs) => {
    const attempt = chargeAttempt(before, origin, { nowMs, policy });
    if ('retryAfterMs' in attempt) throw delayed(attempt.retryAfterMs);

    asStranger = attempt.asStranger;
    return attempt.record;
  });
  return {
    profile,
    succeed: async () => {
      await changeLoginRecord(context, counted, (before, nowMs) =>
        forgiveAttempt(before, { ...origin, asStranger }, { nowMs, policy }),
      );
    },
  };
}

/** Reads the profile, the user's record and the slot of the name at once: all three, whichever of them exist. */
async function readPlace(
  { database, table, slotKey }: LoginContext,
  name: string,
): Promise<{ profile: RawItem | undefined; record: StoredRecord }> {
  // A text that can be nobody's name is a name that nobody has, and no key: it may be of any length.
  const holder = usernameSchema.safeParse(name).success ? name : nobody;
  const slot = loginSlotOf(name, slotKey);
  const [profileKey, ownKey, sharedKey] = [userKey(holder), loginKey(holder), loginSlotKey(slot.slot)];
  const keys = [profileKey, ownKey, sharedKey].map((key) => ({ ...key }));
  const items = await readItems(database, { tableName: table.tableName, keys });
  const find = ({ pk, sk }: ItemKey) => items.find((item) => item['pk'] === pk && item['sk'] === sk);
  const profile = find(profileKey);

  return {
    profile,
    record: profile ? { key: ownKey, item: find(ownKey) } : { key: sharedKey, name: slot.name, item: find(sharedKey) },
  };
}

const nobody = '#';

const delayed = (retryAfterMs: number) =>
  new userErrors.LoginDelayedError({ retryAfterSeconds: Math.ceil(retryAfterMs / 1_000) });
