import type { Fact } from './facts/fact.ts';
import { readFacts } from './facts/read-facts.ts';
import type { MatrixContext } from './matrix-context.ts';
import type { MatrixRow } from './row.ts';
import { createWorld } from './world.ts';
import { worldNames } from './world-names.ts';

/** What is around the call of a row. */
export interface Surroundings {
  /** What is there before the call. */
  readonly before: readonly Fact[];
  /** What would be there without the call, after what others do meanwhile; the same as `before` when nobody does anything. */
  readonly without: readonly Fact[];
}

/** Looks at the surroundings of a row's call, in a world in which the call is never made. */
export async function lookAround({ host, nextWorld }: MatrixContext, row: MatrixRow): Promise<Surroundings> {
  const world = createWorld(host, worldNames(nextWorld()));
  const scene = await row.prepare(world);
  const before = await readFacts(host.database, world, row.looksAt);
  if (!scene.meanwhile) return { before, without: before };

  await scene.meanwhile();
  return { before, without: await readFacts(host.database, world, row.looksAt) };
}
