import type fc from 'fast-check';
import { refusalOf, type ModelMarket, type ModelWorld } from './model-world.ts';

/** One event: done to the model at once and to the store, which must tell the same refusal. */
export type ModelCommand = fc.AsyncCommand<object, ModelWorld>;

/** What a command returns that had nothing to do; it is not counted. */
export const nothing = Symbol('nothing');

/** How often each kind of command was carried out. */
export const carriedOut = new Map<string, number>();

/** What a command does at its market; {@link nothing} where there was nothing to do it to. */
export type Act = (world: ModelWorld, market: ModelMarket) => Promise<unknown>;

/** A command at one of the two markets, some time after the one before. */
export function command(name: string, { market, afterMs }: Where, act: Act): ModelCommand {
  return {
    check: () => true,
    run: async (_, world) => {
      world.exchange.clock.advance(afterMs);
      for (const { model } of world.markets) model.pass(afterMs);
      const done = await act(world, world.markets[market === 0 ? 0 : 1]);
      if (done !== nothing) carriedOut.set(name, (carriedOut.get(name) ?? 0) + 1);
    },
    toString: () => `${name}(${market}, +${afterMs} ms)`,
  };
}

/** The store tells the same refusal as the model, or none. */
export async function same(expected: string | undefined, act: () => Promise<unknown>): Promise<void> {
  expect(await refusalOf(act)).toBe(expected);
}

/** When and where a command happens. */
export interface Where {
  readonly market: number;
  readonly afterMs: number;
}
