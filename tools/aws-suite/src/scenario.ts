import type { Database } from '@cnop/database-core';

/** What a scenario plays on. */
export interface Stage {
  readonly database: Database;
  /** An emulator reports no capacity as AWS does, and never a conflict: what rests on these is not looked at there. */
  readonly isEmulator: boolean;
}

/** Something that must hold on the real service. */
export interface Scenario {
  readonly name: string;
  /** @throws when it does not hold. What it gives is printed. */
  play(stage: Stage): Promise<string>;
}
