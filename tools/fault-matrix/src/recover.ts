import type { FlowRun } from '@cnop/testing';
import type { Fact } from './facts/fact.ts';
import { readFacts } from './facts/read-facts.ts';
import { retry } from './retry.ts';
import type { Answer, MatrixRow, Scene } from './row.ts';
import type { Services } from './services.ts';
import { toldByEnd, type Told } from './told.ts';
import type { World } from './world.ts';

/** What one run plays on. */
export interface Stage {
  readonly world: World;
  readonly scene: Scene;
  /** Lets the first request land, where it is held back. */
  readonly land: () => Promise<void>;
}

/** What came of a call, and of its repeat. */
export interface Recovery {
  readonly told: Told;
  /** What was there when the call was over. */
  readonly factsThen: readonly Fact[];
  /** What was there after others had acted and the first request had landed, before the repeat; absent where nobody acts. */
  readonly factsLanded?: readonly Fact[];
  /** What the repeat came to, if there was one. */
  readonly retold: Told | undefined;
}

/** Sees what is there when the call is over, lets others act and the first request land, and repeats as another process does. */
export async function recover(
  { identity, looksAt }: Pick<MatrixRow, 'identity' | 'looksAt'>,
  { world: { world, scene, land }, flow, fault }: FlowRun<Stage, Answer>,
  services: Services,
): Promise<Recovery> {
  const look = () => readFacts(world.database, world, looksAt);
  const told = toldByEnd(flow);
  const factsThen = await look();
  const over = { identity, scene, told, isUnderway: lateFaults.has(fault) };
  if (!scene.meanwhile) return { told, factsThen, retold: await retry(over, services) };

  await scene.meanwhile();
  await land();
  return { told, factsThen, factsLanded: await look(), retold: await retry(over, services) };
}

/** The faults whose request lands only after the repeat. */
const lateFaults = new Set(['lands late', 'crash under way']);
