import { createAssetPriceSource, getAssetDao, type AssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getOrderDao, getTriggerStateDao } from '@cnop/dao-order';
import { MAX_PRICE_AHEAD_MS } from '@cnop/entities-inventory';
import { flatFee } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import { assertWholeSetting } from '@cnop/validation';
import type { AccountQueue } from './account-queue.ts';
import type { OrderFlowContext, OrderFlowOptions } from './order-flow-context.ts';

const defaultMaxPriceAgeMs = 60_000;
const DAY_MS = 24 * 3_600_000;
/** How long a write may be sent after its ids were drawn. */
const SENT_WITHIN_MS = 60_000;
const noQueue: AccountQueue = { run: (_, work) => work() };

/**
 * What the flow and the engine work with. Sends nothing.
 *
 * @throws {@link sharedErrors.ConfigurationError} naming the setting.
 */
export function createContext(options: OrderFlowOptions): OrderFlowContext {
  const { database, maxPriceAgeMs = defaultMaxPriceAgeMs, maxPriceAheadMs = MAX_PRICE_AHEAD_MS } = options;
  if (!(maxPriceAgeMs > 0))
    throw new sharedErrors.ConfigurationError({ settings: [{ setting: 'maxPriceAgeMs', rule: 'must be positive' }] });

  assertWholeSetting('maxPriceAheadMs', maxPriceAheadMs, { from: 0 });
  let opened: AssetDao | undefined;
  /** Opened at its first use: market orders alone, at prices of another source, need no table of assets. */
  const assets = () => (opened ??= getAssetDao(database));

  return {
    database,
    orders: getOrderDao(database),
    triggers: getTriggerStateDao(database),
    balances: getBalanceDao(database),
    get assets() {
      return assets();
    },
    ...standingSettings(options, maxPriceAgeMs),
    priceSource: options.priceSource ?? createAssetPriceSource({ assetDao: assets() }),
    feeSchedule: options.feeSchedule ?? flatFee(0),
    maxPriceAgeMs,
    maxPriceAheadMs,
    accountQueue: options.accountQueue ?? noQueue,
    clock: options.clock ?? database.clock,
    ids: options.ids ?? database.ids,
  };
}

/** What standing orders are placed and judged by. */
function standingSettings(options: OrderFlowOptions, maxPriceAgeMs: number) {
  const { collarBps = 500, maxOrderLifeMs = 90 * DAY_MS, maxClockErrorMs = 5_000 } = options;
  const { maxOpenOrders = 500, expiryShards = 4 } = options;
  assertWholeSetting('collarBps', collarBps, { from: 0, to: 10_000 });
  assertWholeSetting('maxOrderLifeMs', maxOrderLifeMs, { from: 1, to: 90 * DAY_MS });
  assertWholeSetting('maxClockErrorMs', maxClockErrorMs, { from: 0 });
  assertWholeSetting('maxOpenOrders', maxOpenOrders, { from: 1 });
  assertWholeSetting('expiryShards', expiryShards, { from: 1, to: 64 });

  const expiryGraceMs = maxPriceAgeMs + SENT_WITHIN_MS + 2 * maxClockErrorMs;
  return { collarBps, maxOrderLifeMs, expiryGraceMs, maxOpenOrders, expiryShards };
}
