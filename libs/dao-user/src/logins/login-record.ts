import { executeWrite, readItem, type ItemKey, type RawItem } from '@cnop/database-core';
import { fromLoginItem, loginAttributes, timeToLiveOf, type LoginRecord } from '@cnop/entities-user/table';
import { ContentionError, isDomainError, VersionConflictError } from '@cnop/exceptions';
import { fullJitterDelay } from '@cnop/utils';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $set } from 'dynamodb-toolbox/entity/actions/update/symbols';
import type { LoginContext } from './login-context.ts';
import { noAttempts } from './login-throttle.ts';

/** A record of attempts as it was read last. */
export interface StoredRecord {
  readonly key: ItemKey;
  /** What tells the name from others, in a place that it shares. */
  readonly name?: string | undefined;
  readonly item: RawItem | undefined;
}

/**
 * Changes a record as it stands; whoever comes in between makes it read again. A change of unknown outcome may so be made twice:
 * an attempt then counts twice, and makes a wait longer, never shorter.
 *
 * @param change - may throw, and nothing is written.
 * @throws ContentionError, OutcomeUnknownError.
 */
export async function changeLoginRecord(
  context: LoginContext,
  stored: StoredRecord,
  change: (record: LoginRecord, nowMs: number) => LoginRecord,
): Promise<StoredRecord> {
  const { database, table } = context;
  const { retry, random, sleep, clock } = database;
  const { key, name } = stored;
  let { item } = stored;

  for (let attempt = 1; ; attempt += 1) {
    const nowMs = clock.now().getTime();

    try {
      const record = { ...change(recordIn(item, name), nowMs), name };
      return { key, name, item: await writeRecord(context, { key, record, nowMs }) };
    } catch (cause) {
      if (!isDomainError(cause) || cause.code !== 'VERSION_CONFLICT') throw cause;
      if (attempt >= retry.maxAttempts) throw new ContentionError({ attempts: attempt }, { cause });
    }
    await sleep(fullJitterDelay(attempt, retry, random));
    item = await readItem(database, { tableName: table.tableName, key: { ...key } });
  }
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

async function writeRecord(
  { database, table, policy }: LoginContext,
  write: RecordWrite,
): Promise<RawItem | undefined> {
  const { key, record, nowMs } = write;
  const { version } = record;
  const writeId = database.ids.ulid();
  const keepMs = Math.max(policy.knownForMs, policy.forgetAfterMs);
  const { sources, ...attributes } = loginAttributes(record);
  const { Update } = table.login
    .build(UpdateTransaction)
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
      onConditionFailed: () => new VersionConflictError({ resource: 'login', expectedVersion: version }),
    },
  });
  return item;
}
