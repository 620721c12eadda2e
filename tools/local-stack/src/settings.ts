import { ConfigurationError } from '@cnop/exceptions';

/** What the local stack takes from its environment. */
export interface StackSettings {
  readonly port: number;
  /** Keeps the data across restarts; without it they are gone at the end. */
  readonly dataDir?: string;
}

/** @throws {@link ConfigurationError} naming the variable that is wrong. */
export function readSettings({ PORT = '3000', DATA_DIR: dataDir }: NodeJS.ProcessEnv): StackSettings {
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535) {
    throw new ConfigurationError({ setting: 'PORT', rule: 'must be a port number' });
  }
  return dataDir ? { port: Number(PORT), dataDir } : { port: Number(PORT) };
}
