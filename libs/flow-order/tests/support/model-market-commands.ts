import { crashAfter, crashBefore } from '@cnop/testing';
import { command, nothing, same, type ModelCommand, type Where } from './model-command.ts';
import { expectSame, priceText, startEngine, timeText, workAll } from './model-world.ts';

/** A price near the reference price, or far from it; of now, late or stale. */
export const tick = (input: Where & { readonly move: number; readonly ageMs: number }): ModelCommand =>
  command('tick', input, async ({ exchange }, { model, assetId }) => {
    const moved = model.reference.price + BigInt(input.move);
    const price = moved > 20_000n ? moved : 20_000n;
    const asOf = model.now - input.ageMs;
    await same(model.tick(price, asOf), () =>
      exchange.assets.setPrice({ assetId, price: priceText(price), asOf: timeText(asOf), source: 'test' }),
    );
  });

/** The newest tick again. */
export const repeat = (input: Where): ModelCommand =>
  command('repeated tick', input, async ({ exchange }, { model, assetId }) => {
    const { price, asOf } = model.newest;
    await same(model.tick(price, asOf), () =>
      exchange.assets.setPrice({ assetId, price: priceText(price), asOf: timeText(asOf), source: 'test' }),
    );
  });

/** Halts the asset, or lets it be traded again. */
export const halt = (input: Where): ModelCommand =>
  command('halt or resume', input, async ({ exchange: { assets } }, { model, assetId }) => {
    model.active = !model.active;
    await (model.active ? assets.activateAsset(assetId) : assets.deactivateAsset(assetId));
  });

/** Pauses the triggers of the asset, or lets them go on. */
export const pause = (input: Where): ModelCommand =>
  command('pause or go on', input, async ({ exchange: { assets } }, { model, assetId }) => {
    model.paused = !model.paused;
    await (model.paused ? assets.pauseTriggers(assetId) : assets.resumeTriggers(assetId));
  });

/** The engine does all that is due; then the store is as the model. */
export const work = (input: Where): ModelCommand =>
  command('work', input, async (world) => {
    await workAll(world);
    await expectSame(world);
  });

/** The engine dies in the middle of its work, before or after its first write reaches the database; another one takes its place. */
export const kill = (input: Where & { readonly isAfter: boolean }): ModelCommand =>
  command('kill', input, async (world) => {
    world.process.http.script('TransactWriteItems', input.isAfter ? crashAfter() : crashBefore());
    const end = await Promise.race([workAll(world).then(() => nothing), world.process.http.crashed.then(() => 'dead')]);
    Object.assign(world, startEngine(world.exchange));
    return end;
  });
