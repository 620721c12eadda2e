import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { rows, type MatrixRow } from '../row.ts';
import { inTurn, type World } from '../world.ts';

const list = ({ assets, assetId }: World) => assets.createAsset(makeAssetCreate({ assetId, name: 'Silver' }));

const setPrice =
  (price: string, asOf = '2026-01-05T09:30:00.000Z') =>
  ({ assets, assetId }: World) =>
    assets.setPrice({ assetId, price, asOf, source: 'matrix' });

const close = ({ assets, assetId }: World) => assets.deactivateAsset(assetId);

const pause = ({ assets, assetId }: World) => assets.pauseTriggers(assetId);

/** Listing and renaming assets is derived: what else the writing methods of `AssetDao` may come to. */
export const assetRows: readonly MatrixRow[] = rows({
  'set a price': { before: list, call: setPrice('2.50'), effect: ['~ asset ACTIVE Silver at 250 v1', '+ tick at 250'] },
  'set the price after another': {
    before: inTurn(list, setPrice('2.40', '2026-01-05T09:29:59.999Z')),
    call: setPrice('2.50'),
    effect: ['~ asset ACTIVE Silver at 250 v1', '+ tick at 250'],
  },
  'set a price that is out of date': {
    before: inTurn(list, setPrice('2.60')),
    call: setPrice('2.50', '2026-01-05T09:29:59.999Z'),
    refusal: 'PRICE_OUTDATED',
  },
  'set another price of the same time': {
    before: inTurn(list, setPrice('2.60')),
    call: setPrice('2.50'),
    refusal: 'PRICE_EXISTS',
  },
  'close an asset for trade': { before: list, call: close, effect: ['~ asset INACTIVE Silver v2'] },
  'open an asset for trade': {
    before: inTurn(list, close),
    call: ({ assets, assetId }) => assets.activateAsset(assetId),
    effect: ['~ asset ACTIVE Silver v3'],
  },
  'pause triggers': { before: list, call: pause, effect: ['~ asset ACTIVE Silver paused v2'] },
  'resume triggers': {
    before: inTurn(list, pause),
    call: ({ assets, assetId }) => assets.resumeTriggers(assetId),
    effect: ['~ asset ACTIVE Silver v3'],
  },
});
