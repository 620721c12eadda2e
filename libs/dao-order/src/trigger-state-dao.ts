import { executeWrite, readItem, type Database, type RawItem } from '@cnop/database-core';
import type { TriggerCheckpoint } from '@cnop/entities-order';
import {
  expiryCheckpointKey,
  fromExpiryCheckpointItem,
  toExpiryCheckpointItem,
  toWorkerLeaseItem,
} from '@cnop/entities-order/table';
import { isDomainError } from '@cnop/exceptions';
import { assetIdSchema, parseInput, timestampSchema } from '@cnop/validation';
import * as z from 'zod';
import { openOrdersTable, type OrderContext } from './orders-table.ts';
import { hourSchema } from './standing-queries.ts';
import {
  findLostParts,
  loadCheckpoint,
  retireParts,
  saveCheckpoint,
  type CheckpointSave,
} from './trigger-checkpoint.ts';
import type { SaveOutcome } from './save-outcome.ts';

/** What a {@link TriggerStateDao} works with. */
export interface TriggerStateDaoOptions {
  readonly database: Database;
}

const MAX_LEASE_MS = 3_600_000;
const leaseSchema = z.strictObject({
  assetId: assetIdSchema,
  holder: z.string().min(1).max(128),
  ttlMs: z.int().min(1).max(MAX_LEASE_MS),
});
const ladderSchema = z.array(z.strictObject({ anchor: timestampSchema, markMinor: z.bigint().min(0n) }));
const checkpointSchema = z.strictObject({ asOf: timestampSchema, high: ladderSchema, low: ladderSchema });

/**
 * How far the workers of standing orders have come, so that one that starts need not begin anew. Nothing here decides what becomes of
 * an order: all of it follows from the log of ticks.
 */
export class TriggerStateDao {
  readonly #context: OrderContext;
  /** The assets whose parts have been looked through since this process began. */
  readonly #tidied = new Set<string>();

  constructor({ database }: TriggerStateDaoOptions) {
    this.#context = { database, table: openOrdersTable(database) };
  }

  /**
   * The checkpoint of an asset, complete and strongly consistent, also while another worker replaces it; `undefined` when there is none,
   * or when a part of it was lost: it then follows from the log of ticks. Costs 1 read unit per 4 KB, in two requests.
   *
   * @throws ValidationError.
   */
  async loadCheckpoint(assetId: string): Promise<TriggerCheckpoint | undefined> {
    return await loadCheckpoint(this.#context, parseInput(assetIdSchema, assetId));
  }

  /**
   * Saves the checkpoint of an asset: the parts of its ladders that have changed, 8 KB each, and last the cursor, only ever to a newer
   * tick. `behind` when another worker has come as far. A process that ends in between leaves the former checkpoint.
   *
   * Costs 2 read units, 2 write units, and 16 a part that changed: to write it, and to let the one that it replaces expire.
   *
   * @throws ValidationError, OutcomeUnknownError, ContentionError.
   */
  async saveCheckpoint(assetId: string, checkpoint: TriggerCheckpoint): Promise<SaveOutcome> {
    const asset = parseInput(assetIdSchema, assetId);
    const parsed = parseInput(checkpointSchema, checkpoint);

    try {
      const save = await saveCheckpoint(this.#context, asset, parsed);
      await this.#tidy({ assetId: asset, asOf: parsed.asOf, save });
      return save.outcome;
    } catch (error) {
      // Its parts may be there without a cursor that names them.
      this.#tidied.delete(asset);
      throw error;
    }
  }

  /** Lets what is no longer needed expire. What fails here is done after a later save. */
  async #tidy(done: { readonly assetId: string; readonly asOf: string; readonly save: CheckpointSave }): Promise<void> {
    const { assetId, asOf, save } = done;
    const { outcome, parts, replaced } = save;

    try {
      const isFirst = outcome === 'saved' && !this.#tidied.has(assetId);
      const names = isFirst ? await findLostParts(this.#context, { assetId, asOf, parts }) : [];

      await retireParts(this.#context, assetId, [...new Set([...names, ...replaced])]);
      if (isFirst) this.#tidied.add(assetId);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      this.#tidied.delete(assetId);
    }
  }

  /** The hour up to which expiries have been swept, such as `2026-03-02T14`, strongly consistent. Costs 1 read unit. */
  async loadExpiryHour(): Promise<string | undefined> {
    const { database, table } = this.#context;
    const item = await readItem(database, { tableName: table.tableName, key: expiryCheckpointKey });

    return item && fromExpiryCheckpointItem(item).hour;
  }

  /**
   * Saves the hour up to which expiries have been swept, such as `2026-03-02T14`; `behind` when it is no later than the one that is
   * stored. Costs 1 write unit.
   *
   * @throws ValidationError, OutcomeUnknownError, ContentionError.
   */
  async saveExpiryHour(hour: string): Promise<SaveOutcome> {
    const stamp = this.#stamp();
    const isPut = await this.#put({
      operation: 'saveExpiryHour',
      item: toExpiryCheckpointItem({ hour: parseInput(hourSchema, hour) }, stamp),
      condition: 'attribute_not_exists(pk) OR #hour < :hour',
      names: { '#hour': 'hour' },
      values: { ':hour': hour },
    });

    return isPut ? 'saved' : 'behind';
  }

  /**
   * Claims the lease of an asset, or renews it for who holds it; `false` while another worker holds it. It saves doubled work and
   * decides nothing: clocks may differ, and who goes on without it does no harm. Costs 1 write unit.
   *
   * @param holder - names the worker, in 1 to 128 characters.
   * @param term - for how long, an hour at most.
   * @throws ValidationError, OutcomeUnknownError, ContentionError.
   */
  async claimLease(assetId: string, holder: string, term: { readonly ttlMs: number }): Promise<boolean> {
    const { ttlMs, ...lease } = parseInput(leaseSchema, { ...term, assetId, holder });
    const stamp = this.#stamp();
    const leasedUntil = new Date(Date.parse(stamp.createdAt) + ttlMs).toISOString();

    return await this.#put({
      operation: 'claimLease',
      item: toWorkerLeaseItem({ ...lease, leasedUntil }, stamp),
      condition: 'attribute_not_exists(pk) OR #holder = :holder OR #leasedUntil <= :now',
      names: { '#holder': 'holder', '#leasedUntil': 'leasedUntil' },
      values: { ':holder': holder, ':now': stamp.createdAt },
    });
  }

  #stamp() {
    const { clock, ids } = this.#context.database;

    return { createdAt: clock.now().toISOString(), writeId: ids.ulid() };
  }

  async #put({ operation, item, condition, names, values }: ConditionalPut): Promise<boolean> {
    const { database, table } = this.#context;
    const { replayed } = await executeWrite(database, {
      operation,
      guard: {
        write: {
          Put: {
            TableName: table.tableName,
            Item: item,
            ConditionExpression: condition,
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: values,
          },
        },
        writeId: String(item['writeId']),
        onConditionFailed: () => undefined,
      },
    });

    return !replayed;
  }
}

interface ConditionalPut {
  readonly operation: string;
  readonly item: RawItem;
  readonly condition: string;
  readonly names: Record<string, string>;
  readonly values: Record<string, string>;
}

/** The TriggerStateDao over a database, for injection. */
export const getTriggerStateDao = (database: Database): TriggerStateDao => new TriggerStateDao({ database });
