import { type DatabaseOptions, databaseSettings } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { type Environment, readEnvironment, wholeNumberSetting } from '@cnop/validation';
import * as z from 'zod';

/** The tables of a worker. */
export const workerShapes = [ledgerTableShape, ordersTableShape, inventoryTableShape];

const MAX_EXPIRY_SHARDS = 64;
const DAYS_AT_MOST = 90;
const DAY_MS = 24 * 3_600_000;

/** The variables that a worker takes besides those of its database, as a process and as a function. */
const engineSettings = z
  .object({
    CNOP_MAX_PRICE_AGE_MS: wholeNumberSetting().optional(),
    CNOP_MAX_ORDER_LIFE_DAYS: wholeNumberSetting(DAYS_AT_MOST).optional(),
    CNOP_EXPIRY_SHARDS: wholeNumberSetting(MAX_EXPIRY_SHARDS).optional(),
    CNOP_WORKER_OWNERS_AT_ONCE: wholeNumberSetting(1_000).optional(),
    CNOP_WORKER_ASSETS_AT_ONCE: wholeNumberSetting(1_000).optional(),
    CNOP_WORKER_MAX_ASSETS: wholeNumberSetting().optional(),
  })
  .transform((settings) => ({
    engine: given({
      maxPriceAgeMs: settings.CNOP_MAX_PRICE_AGE_MS,
      maxOrderLifeMs: settings.CNOP_MAX_ORDER_LIFE_DAYS && settings.CNOP_MAX_ORDER_LIFE_DAYS * DAY_MS,
      expiryShards: settings.CNOP_EXPIRY_SHARDS,
      ownersAtOnce: settings.CNOP_WORKER_OWNERS_AT_ONCE,
    }),
    worker: given({
      assetsAtOnce: settings.CNOP_WORKER_ASSETS_AT_ONCE,
      maxAssets: settings.CNOP_WORKER_MAX_ASSETS,
    }),
  }));

/** How a worker finds and works what is due. */
export interface WorkerSettings {
  readonly database: DatabaseOptions;
  /** For `createOrderEngine`. */
  readonly engine: {
    readonly maxPriceAgeMs?: number;
    readonly maxOrderLifeMs?: number;
    readonly expiryShards?: number;
    readonly ownersAtOnce?: number;
  };
  readonly worker: { readonly assetsAtOnce?: number; readonly maxAssets?: number };
}

/** For `readEnvironment`: the settings of a worker, however it is deployed. */
export const workerSettings: z.ZodType<WorkerSettings> = engineSettings.and(
  databaseSettings(workerShapes).transform((database) => ({ database })),
);

/** Reads the settings of a worker. @throws ConfigurationError naming every variable that is missing or wrong. */
export const readWorkerSettings = (env: Environment): WorkerSettings => readEnvironment(workerSettings, env);

/** Without what is undefined: that would hide a default. */
const given = <TSettings extends object>(settings: TSettings) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<TSettings>;
