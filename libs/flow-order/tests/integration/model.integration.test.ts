import { env } from 'node:process';
import fc from 'fast-check';
import { flatFee } from '@cnop/entities-order';
import { carriedOut } from '../support/model-command.ts';
import { modelCommands } from '../support/model-commands.ts';
import { expectCleanLedger, expectSame, openWorld, workAll, type ModelWorld } from '../support/model-world.ts';
import { feeBps } from '../support/order-model.ts';
import { useTestExchange } from '../support/test-exchange.ts';

/** Sequences of commands of each seed; fewer on DynamoDB Local, which is slower. The long form: `CNOP_MODEL_RUNS=500`. */
const runs = Number(env['CNOP_MODEL_RUNS'] ?? (env['CNOP_DYNAMODB_BACKEND'] === 'docker' ? 4 : 20));
const seeds = [1, 2, 3, 4, 5];
const commandsAtMost = 60;
const settledAfterMs = 3_600_000;

const exchange = useTestExchange({ feeSchedule: flatFee(Number(feeBps)) });

describe('orders on a real DynamoDB, and a model of them', () => {
  it.each(seeds)(
    'are the same after the work of an engine and at the end, whatever happens in whatever order (seed %i)',
    async (seed) => {
      await fc.assert(
        fc.asyncProperty(fc.commands(modelCommands, { maxCommands: commandsAtMost, size: 'max' }), async (commands) => {
          const world = await openWorld(exchange);
          await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
          await settle(world);
        }),
        { numRuns: runs, seed, endOnFailure: true },
      );
    },
  );

  it('are given every command, none of them rarely', () => {
    const counts = [...carriedOut.values()];

    expect(counts).toHaveLength(11);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(runs / 2);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(seeds.length * runs * 20);
  });
});

/** An hour later all that waits for a clock has ended. */
async function settle(world: ModelWorld): Promise<void> {
  world.exchange.clock.advance(settledAfterMs);
  for (const { model } of world.markets) model.pass(settledAfterMs);
  await workAll(world);
  await expectSame(world);
  await expectCleanLedger(world);
}
