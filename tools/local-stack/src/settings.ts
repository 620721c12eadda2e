import { listenOptionsFromEnv } from '@cnop/order-service';

/** What the local stack is told. */
export interface StackSettings {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Keeps the data across restarts; without it they are gone at the end. */
  readonly dataDir?: string;
  /** How often prices are set again, in milliseconds. Default: 15 000, well below the age at which a price is refused. */
  readonly refreshEveryMs?: number;
}

/**
 * The settings from `PORT` (default 3000) and `DATA_DIR`. It listens on the loopback address, whatever `HOST` says.
 *
 * @throws ConfigurationError naming the variable that is wrong.
 */
export function settingsFromEnv(env: NodeJS.ProcessEnv): StackSettings {
  const { DATA_DIR: dataDir } = env;
  const { port } = listenOptionsFromEnv(env);

  return dataDir ? { port, dataDir } : { port };
}
