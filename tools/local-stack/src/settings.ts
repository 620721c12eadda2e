import { serverSettings, type LoadSheddingOptions, type RateLimitsOptions } from '@cnop/middleware';
import { readEnvironment } from '@cnop/validation';
import { z } from 'zod';

/** What the local stack is told. */
export interface StackSettings {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Keeps the data across restarts; without it they are gone at the end. */
  readonly dataDir?: string;
  /** Default: those of every service. */
  readonly rateLimits?: RateLimitsOptions;
  /** Default: that of every service. */
  readonly loadShedding?: LoadSheddingOptions;
  /** How often prices are set again, in milliseconds. Default: 15 000, well below the age at which a price is refused. */
  readonly refreshEveryMs?: number;
}

/**
 * The settings from `PORT` (default 3000), `DATA_DIR`, the limits `CNOP_REQUESTS_PER_MINUTE_ADDRESS` and `…_USER`, and
 * `CNOP_MAX_EVENT_LOOP_DELAY_MS`. It listens on the loopback address, whatever `HOST` says.
 *
 * @throws ConfigurationError naming every variable that is wrong.
 */
export function settingsFromEnv(env: NodeJS.ProcessEnv): StackSettings {
  const schema = serverSettings.and(z.object({ DATA_DIR: z.string().optional() }));
  const { listen, rateLimits, loadShedding, DATA_DIR: dataDir } = readEnvironment(schema, env);

  return { port: listen.port, rateLimits, loadShedding, ...(dataDir !== undefined && { dataDir }) };
}
