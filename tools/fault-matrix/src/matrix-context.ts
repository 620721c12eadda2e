import type { Seed } from '@cnop/testing';
import type { Host } from './host.ts';
import type { Services } from './services.ts';

/** What all explorations share. */
export interface MatrixContext {
  readonly host: Host;
  readonly seed: Seed;
  /** The number of the next world; no two are the same. */
  readonly nextWorld: () => number;
  /** Lets a planted bug change what a process works with. */
  readonly alter: (services: Services) => Services;
}
