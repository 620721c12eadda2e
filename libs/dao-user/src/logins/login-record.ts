import { changeAsItStands, executeWrite, type ItemKey, type RawItem, readItem, readItems } from '@cnop/database-core';
import { userErrors } from '@cnop/entities-user';
import {
  fromLoginItem,
  loginAttributes,
  loginKey,
  type LoginRecord,
  loginSlotKey,
  timeToLiveOf,
  userKey,
} from '@cnop/entities-user/table';
import { sharedErrors } from '@cnop/exceptions';
import { usernameSchema } from '@cnop/validation';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $set } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { usersEntities } from '../users-entities.ts';
import { type LoginContext, loginSlotOf, type LoginOrigin } from './login-policy.ts';
import { chargeAttempt, failAttempt, forgiveAttempt, noAttempts } from './login-throttle.ts';

/** A record of attempts as it was read last. */
export interface StoredRecord {
  readonly key: ItemKey;
  /** What tells the name from others, in a place that it shares. */
  readonly name?: string | undefined;
  readonly item: RawItem | undefined;
}

/** A fleet that starts together writes one record: so often the attempts of another write, after waits that stay short. */
const PATIENCE = 10;
const MAX_DELAY_MS = 250;

/**
 * Changes a record as it stands; whoever comes in between makes it read again. A change of unknown outcome may so be made twice:
 * an attempt then counts twice, and makes a wait longer, never shorter.
 *
 * @param change - may throw, and nothing is written.
 * @throws ContentionError, OutcomeUnknownError.
 */
async function changeLoginRecord(
  context: LoginContext,
  stored: StoredRecord,
  change: (record: LoginRecord, nowMs: number) => LoginRecord,
): Promise<StoredRecord> {
  const { database, table } = context;
  const { key, name } = stored;
  const { random, sleep, retry } = database;
  const persistent = { ...retry, maxAttempts: retry.maxAttempts * PATIENCE, maxDelayMs: MAX_DELAY_MS };

  return await changeAsItStands({ random, sleep, retry: persistent }, async (attempt) => {
    const before = attempt === 1 ? stored.item : await readItem(database, { tableName: table.tableName, key });
    const nowMs = database.clock.now().getTime();
    const record = { ...change(recordIn(before, name), nowMs), name };

    return { key, name, item: await writeRecord(context, { key, record, nowMs }) };
  });
}

/** What is stored under another name counts for nothing, but for its version. */
function recordIn(item: RawItem | undefined, name: string | undefined): LoginRecord {
  if (!item) return noAttempts;

  const record = fromLoginItem(item);
  return record.name === name ? record : { ...noAttempts, version: record.version };
}

interface RecordWrite {
  readonly key: ItemKey;
  /** With the version that was read. */
  readonly record: LoginRecord;
  readonly nowMs: number;
}

async function writeRecord({ database, policy }: LoginContext, write: RecordWrite): Promise<RawItem | undefined> {
  const { key, record, nowMs } = write;
  const { version } = record;
  const writeId = database.ids.ulid();
  const keepMs = Math.max(policy.knownForMs, policy.forgetAfterMs);
  const { sources, ...attributes } = loginAttributes(record);
  const { Update } = usersEntities(database)
    .login.build(UpdateTransaction)
    .item({
      ...key,
      ...attributes,
      sources: $set(sources),
      version: version + 1,
      updatedAt: new Date(nowMs).toISOString(),
      ttl: timeToLiveOf(new Date(nowMs + keepMs).toISOString()),
      writeId,
    })
    .options({ condition: version === 0 ? { attr: 'pk', exists: false } : { attr: 'version', eq: version } })
    .params();

  const { item } = await executeWrite(database, {
    operation: 'countAttempt',
    guard: {
      write: { Update },
      writeId,
      onConditionFailed: () => new sharedErrors.VersionConflictError({ resource: 'login', expectedVersion: version }),
    },
  });
  return item;
}

/** An attempt that has been counted. */
export interface LoginAttempt {
  /** The item of the user's profile; absent where nobody has that name. */
  readonly profile: RawItem | undefined;
  /** Forgives what failed before it from there, and remembers where it came from. */
  succeed(): Promise<void>;
  /** Counts it as failed. */
  fail(): Promise<void>;
}

/**
 * Counts an attempt under a name, before its password is looked at.
 *
 * The same requests are made whether or not a user has the name: a read of three items, and two writes of the user's record, or of the
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
    fail: async () => {
      await changeLoginRecord(context, counted, (before, nowMs) => failAttempt(before, origin, { nowMs, policy }));
    },
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
