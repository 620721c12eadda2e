import { queryPage, type Database, type Page } from '@cnop/database-core';
import {
  assertAssetIdFree,
  assetCreateSchema,
  MAX_PRICE_AGE_MS,
  MAX_PRICE_AHEAD_MS,
  type Asset,
  type Tick,
} from '@cnop/entities-inventory';
import type { Clock } from '@cnop/utils';
import { assertWholeSetting, assetIdSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import {
  assetChangeSchema,
  createAsset,
  switchAsset,
  updateAsset,
  type AssetChange,
  type AssetSwitch,
} from './asset-changes.ts';
import { assetListQuery, assetListSchema, type AssetList } from './asset-list.ts';
import {
  findAsset,
  getAsset,
  getAssetsByIds,
  openInventoryTable,
  type AssetContext,
  type FoundAssets,
} from './inventory-table.ts';
import { assetPriceSchema, setPrice, type AssetPrice } from './set-price.ts';
import {
  readTickLog,
  tickListQuery,
  tickListSchema,
  tickRangeSchema,
  type TickList,
  type TickRange,
} from './tick-log.ts';

/** Assets looked up by one call at most: ten requests to the store. */
const idsAtMost = 1000;

/** A new asset as it is asked for; `status` is ACTIVE unless given. */
export type NewAsset = z.input<typeof assetCreateSchema>;

/** Accepts whatever names an asset: a currency's code is told apart from all else that may be wrong. */
const namedAssetSchema = z.looseObject({ assetId: z.string() });

/** Accepts the ids of assets to look up, each any number of times. */
const assetIdsSchema = z.array(assetIdSchema).max(idsAtMost);

/** What an {@link AssetDao} works with. */
export interface AssetDaoOptions {
  readonly database: Database;
  /** How far ahead of our clock the time of a price may be, in milliseconds. Default 5000. */
  readonly maxPriceAheadMs?: number;
  /**
   * How old a price may be when it is accepted and still be traded on, in milliseconds; the same in every process of a deployment.
   * Default 60000.
   */
  readonly maxPriceAgeMs?: number;
}

/**
 * Assets and their prices. An asset's currency and scales never change, and no asset is ever deleted.
 *
 * Reads by id are strongly consistent; lists come from indexes, which follow within moments.
 */
export class AssetDao {
  readonly #context: AssetContext;

  /** @throws ConfigurationError when `maxPriceAheadMs` or `maxPriceAgeMs` is not a whole number in its range. */
  constructor(options: AssetDaoOptions) {
    const { database, maxPriceAheadMs = MAX_PRICE_AHEAD_MS, maxPriceAgeMs = MAX_PRICE_AGE_MS } = options;
    assertWholeSetting('maxPriceAheadMs', maxPriceAheadMs, { from: 0 });
    assertWholeSetting('maxPriceAgeMs', maxPriceAgeMs, { from: 1 });
    this.#context = { database, table: openInventoryTable(database), maxPriceAheadMs, maxPriceAgeMs };
  }

  /** The clock of its database. */
  get clock(): Clock {
    return this.#context.database.clock;
  }

  /**
   * Makes an asset, not yet priced; the id is unique under any race. Costs 1 write unit per KB, and 1 for each of the two indexes.
   *
   * @throws AssetExistsError; AssetIdReservedError for the code of a currency; InvalidAmountError for a minimum that its scale
   *   cannot write; ValidationError, OutcomeUnknownError.
   */
  async createAsset(create: NewAsset): Promise<Asset> {
    const named = namedAssetSchema.safeParse(create);
    if (named.success) assertAssetIdFree(named.data.assetId);

    return await createAsset(this.#context, parseInput(assetCreateSchema, create));
  }

  /**
   * The asset of that id, if there is one. Costs 1 read unit.
   *
   * @throws ValidationError.
   */
  async findAsset(assetId: string): Promise<Asset | undefined> {
    return await findAsset(this.#context, parseInput(assetIdSchema, assetId));
  }

  /**
   * The asset of that id. Costs 1 read unit.
   *
   * @throws AssetNotFoundError, ValidationError.
   */
  async getAsset(assetId: string): Promise<Asset> {
    return await getAsset(this.#context, parseInput(assetIdSchema, assetId));
  }

  /**
   * Assets by status or by category, in the order of their ids; of a category all or those in a status. Naming neither is an error,
   * since nothing here scans a table. Costs half a read unit per 4 KB of the index, which holds keys alone, and 1 for each asset that is
   * read by them. A page by both reads up to 10 pages of the store to fill itself and may then be short, with a cursor.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getAssets(list: AssetList): Promise<Page<Asset>> {
    const query = parseInput(assetListSchema, list);

    return await queryPage(this.#context.database, assetListQuery(this.#context, query), query);
  }

  /**
   * The assets of up to 1000 ids, each once, and the ids that there is no asset of; both in the order asked for. Read by
   * BatchGetItem, 100 to a request: the answer is no snapshot. Costs 1 read unit each.
   *
   * @throws ValidationError.
   */
  async getAssetsByIds(assetIds: readonly string[]): Promise<FoundAssets> {
    return await getAssetsByIds(this.#context, parseInput(assetIdsSchema, assetIds));
  }

  /**
   * Changes an asset's texts, category, minimums or terms of standing orders if its terms still have the version that was read; a price
   * is no change of them. Costs 1 read unit and 1 write unit per KB, and 2 for the index by category when that changes.
   *
   * @throws AssetNotFoundError, VersionConflictError, InvalidAmountError, ValidationError, also where more shards would be written than
   *   read; OutcomeUnknownError.
   */
  async updateAsset(change: AssetChange): Promise<Asset> {
    return await updateAsset(this.#context, parseInput(assetChangeSchema, change));
  }

  /**
   * Accepts a price that was observed later than the stored one as the next tick of its asset, in whatever order prices arrive; the
   * very same one again changes nothing. Whether it may be traded on is judged by the asset as it stands at the write and stored with the
   * tick; a price that may not is accepted all the same. Returns the asset as this price left it, or as it is where the price was there.
   *
   * Costs 1 read unit and one write of two items, 4 write units while the asset is within 1 KB; no index holds a price. Where another
   * price or a change of terms comes first, it is judged and sent anew, up to 100 times after at most 20 ms.
   *
   * @throws PriceOutdatedError when the stored price is newer: if this one was ever stored, it has been replaced; PriceExistsError
   *   when another one of the same millisecond is stored; InvalidAmountError when it has more decimals than `priceScale`;
   *   ValidationError, also when `asOf` is more than `maxPriceAheadMs` ahead; AssetNotFoundError, ContentionError, OutcomeUnknownError.
   */
  async setPrice(price: AssetPrice): Promise<Asset> {
    return await setPrice(this.#context, parseInput(assetPriceSchema, price));
  }

  /**
   * The ticks of an asset in order, none left out: those after `after`, up to and with `upTo`. Each is checked to name the one before as
   * its `previousAsOf`; where one is missing the log is read again, after capped full jitter. Ticks are kept for 97 days: where older ones
   * are asked for, the log begins at the oldest that is kept.
   *
   * One page of the store is in memory at a time. Costs 1 read unit per 4 KB, some 18 ticks.
   *
   * @throws TickLogGapError when one is missing after `retry.maxAttempts` reads; ValidationError.
   * @example
   * const { priceAsOf } = await assets.getAsset('MSFT');
   * for await (const tick of assets.ticks({ assetId: 'MSFT', after: cursor, upTo: priceAsOf })) judge(tick);
   */
  ticks(range: TickRange): AsyncIterable<Tick> {
    return readTickLog(this.#context, parseInput(tickRangeSchema, range));
  }

  /**
   * The same all at once, for a range that is known to be short.
   *
   * @throws TickLogGapError, ValidationError.
   */
  async readTicks(range: TickRange): Promise<Tick[]> {
    const ticks: Tick[] = [];

    for await (const tick of this.ticks(range)) ticks.push(tick);
    return ticks;
  }

  /**
   * A page of the ticks of an asset, the oldest first, from and to moments that are both included. Unlike {@link ticks} it may show one
   * of a write that is underway before the one it names. Costs 1 read unit per 4 KB, some 18 ticks; an asset that does not exist has
   * none.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  async getTicks(list: TickList): Promise<Page<Tick>> {
    const query = parseInput(tickListSchema, list);

    return await queryPage(this.#context.database, tickListQuery(this.#context, query), query);
  }

  /**
   * Opens an asset for trade; one that is open stays so. Costs 1 read unit, and if it changes 1 write unit per KB and 2 for the index
   * by status. It goes through whatever prices come in meanwhile: for 10 s it is tried again after at most 20 ms.
   *
   * @throws AssetNotFoundError, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async activateAsset(assetId: string): Promise<Asset> {
    return await this.#switch('activateAsset', assetId, { status: 'ACTIVE' });
  }

  /**
   * Closes an asset for trade; one that is closed stays so. No price accepted from then on may be traded on. Costs what
   * {@link activateAsset} does. A price source that caches notices within its cache time.
   *
   * @throws AssetNotFoundError, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async deactivateAsset(assetId: string): Promise<Asset> {
    return await this.#switch('deactivateAsset', assetId, { status: 'INACTIVE' });
  }

  /**
   * Pauses the triggers of an asset: no price accepted from then on triggers a standing order. Prices are traded on as before, and move
   * watermarks. Costs 1 read unit, and 1 write unit per KB if it changes; it goes through as {@link activateAsset} does.
   *
   * @throws AssetNotFoundError, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async pauseTriggers(assetId: string): Promise<Asset> {
    return await this.#switch('pauseTriggers', assetId, { triggersPaused: true });
  }

  /**
   * Resumes the triggers of an asset, from the next price on. Costs what {@link pauseTriggers} does.
   *
   * @throws AssetNotFoundError, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async resumeTriggers(assetId: string): Promise<Asset> {
    return await this.#switch('resumeTriggers', assetId, { triggersPaused: null });
  }

  async #switch(operation: string, id: string, to: AssetSwitch): Promise<Asset> {
    return await switchAsset(this.#context, { operation, assetId: parseInput(assetIdSchema, id), to });
  }
}

/** The AssetDao over a database, for injection. */
export const getAssetDao = (database: Database, options: Omit<AssetDaoOptions, 'database'> = {}): AssetDao =>
  new AssetDao({ ...options, database });
