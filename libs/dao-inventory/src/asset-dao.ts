import { queryPage, type Database, type Page } from '@cnop/database-core';
import { assertAssetIdFree, assetCreateSchema, MAX_PRICE_AHEAD_MS, type Asset } from '@cnop/entities-inventory';
import type { Clock } from '@cnop/utils';
import { assertWholeSetting, assetIdSchema, parseInput } from '@cnop/validation';
import * as z from 'zod';
import { assetChangeSchema, createAsset, setAssetStatus, updateAsset, type AssetChange } from './asset-changes.ts';
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
}

/**
 * Assets and their prices. An asset's currency and scales never change, and no asset is ever deleted.
 *
 * Reads by id are strongly consistent; lists come from indexes, which follow within moments.
 */
export class AssetDao {
  readonly #context: AssetContext;

  /** @throws ConfigurationError when `maxPriceAheadMs` is not a whole number. */
  constructor({ database, maxPriceAheadMs = MAX_PRICE_AHEAD_MS }: AssetDaoOptions) {
    assertWholeSetting('maxPriceAheadMs', maxPriceAheadMs, { from: 0 });
    this.#context = { database, table: openInventoryTable(database), maxPriceAheadMs };
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
   * Changes an asset's texts, category or minimums if its terms still have the version that was read; a price is no change of them.
   * Costs 1 read unit and 1 write unit per KB, and 2 for the index by category when that changes.
   *
   * @throws AssetNotFoundError, VersionConflictError, InvalidAmountError, ValidationError, OutcomeUnknownError.
   */
  async updateAsset(change: AssetChange): Promise<Asset> {
    return await updateAsset(this.#context, parseInput(assetChangeSchema, change));
  }

  /**
   * Stores a price that was observed later than the stored one, in whatever order prices arrive; the very same one again changes
   * nothing. Costs 1 read unit and 1 write unit per KB; no index holds a price.
   *
   * @throws PriceOutdatedError when the stored price is newer: if this one was ever stored, it has been replaced; PriceExistsError
   *   when another one of the same millisecond is stored; InvalidAmountError when it has more decimals than `priceScale`;
   *   ValidationError, also when `asOf` is more than `maxPriceAheadMs` ahead; AssetNotFoundError, OutcomeUnknownError.
   */
  async setPrice(price: AssetPrice): Promise<Asset> {
    return await setPrice(this.#context, parseInput(assetPriceSchema, price));
  }

  /**
   * Opens an asset for trade; one that is open stays so. Costs 1 read unit, and if it changes 1 write unit per KB and 2 for the index
   * by status. It goes through whatever prices come in meanwhile: for 10 s it is tried again after at most 20 ms.
   *
   * @throws AssetNotFoundError, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async activateAsset(assetId: string): Promise<Asset> {
    return await setAssetStatus(this.#context, parseInput(assetIdSchema, assetId), 'ACTIVE');
  }

  /**
   * Closes an asset for trade; one that is closed stays so. Costs what {@link activateAsset} does. A price source that caches
   * notices within its cache time.
   *
   * @throws AssetNotFoundError, ContentionError, ValidationError, OutcomeUnknownError.
   */
  async deactivateAsset(assetId: string): Promise<Asset> {
    return await setAssetStatus(this.#context, parseInput(assetIdSchema, assetId), 'INACTIVE');
  }
}

/** The AssetDao over a database, for injection. */
export const getAssetDao = (database: Database): AssetDao => new AssetDao({ database });
