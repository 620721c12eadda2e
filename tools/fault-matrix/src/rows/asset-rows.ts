import { assetAnswer } from '../answers.ts';
import type { MatrixRow, Scene } from '../row.ts';
import type { World } from '../world.ts';

const looksAt = ['asset'] as const;
const fresh = 'asset ACTIVE Silver v1';
const asOf = '2026-01-05T09:30:00.000Z';

const listing = ({ assetId }: World) =>
  ({ assetId, name: 'Silver', category: 'COMMODITY', currency: 'USD', decimals: 0, priceScale: 2 }) as const;

const listed = (scene: (world: World) => Scene) => async (world: World) => {
  await world.services.assets.createAsset(listing(world));
  return scene(world);
};

const creation = (world: World): Required<Pick<Scene, 'call' | 'look'>> => ({
  call: async ({ assets }) => assetAnswer(await assets.createAsset(listing(world))),
  look: async ({ assets }) => {
    const asset = await assets.findAsset(world.assetId);
    return asset && assetAnswer(asset);
  },
});

/** Renames the world's asset at the version that was read; afterwards it is read again and compared. */
const renaming = ({ assetId }: World, expectedVersion: number): Required<Pick<Scene, 'call' | 'look'>> => ({
  call: async ({ assets }) => {
    return assetAnswer(await assets.updateAsset({ assetId, expectedVersion, changes: { name: 'Tin' } }));
  },
  look: async ({ assets }) => {
    const asset = await assets.getAsset(assetId);
    return asset.name === 'Tin' ? assetAnswer(asset) : undefined;
  },
});

const pricing =
  (price: string) =>
  ({ assetId }: World): Scene => ({
    call: async ({ assets }) => assetAnswer(await assets.setPrice({ assetId, price, asOf, source: 'matrix' })),
  });

const activation = ({ assetId }: World): Scene => ({
  call: async ({ assets }) => assetAnswer(await assets.activateAsset(assetId)),
});

const deactivation = ({ assetId }: World): Scene => ({
  call: async ({ assets }) => assetAnswer(await assets.deactivateAsset(assetId)),
});

/** Everything that the writing methods of `AssetDao` may come to. */
export const assetRows: readonly MatrixRow[] = [
  {
    name: 'list an asset',
    method: 'AssetDao.createAsset',
    identity: 'item',
    looksAt,
    effect: [`+ ${fresh}`],
    prepare: creation,
  },
  {
    name: 'list an asset that exists',
    method: 'AssetDao.createAsset',
    identity: 'none',
    looksAt,
    effect: [],
    refusal: 'ASSET_EXISTS',
    prepare: listed((world) => ({ call: creation(world).call })),
  },
  {
    name: 'rename an asset',
    method: 'AssetDao.updateAsset',
    identity: 'item',
    looksAt,
    effect: [`- ${fresh}`, '+ asset ACTIVE Tin v2'],
    prepare: listed((world) => renaming(world, 1)),
  },
  {
    name: 'rename an asset at an old version',
    method: 'AssetDao.updateAsset',
    identity: 'item',
    looksAt,
    effect: [],
    refusal: 'VERSION_CONFLICT',
    prepare: listed((world) => ({ call: renaming(world, 2).call })),
  },
  {
    name: 'set a price',
    method: 'AssetDao.setPrice',
    identity: 'item',
    looksAt,
    effect: [`- ${fresh}`, '+ asset ACTIVE Silver at 250 v2'],
    prepare: listed(pricing('2.50')),
  },
  {
    name: 'set a price that is out of date',
    method: 'AssetDao.setPrice',
    identity: 'item',
    looksAt,
    effect: [],
    refusal: 'PRICE_OUTDATED',
    prepare: async (world) => {
      const scene = await listed(pricing('2.50'))(world);
      await pricing('2.60')(world).call(world.services);
      return scene;
    },
  },
  {
    name: 'close an asset for trade',
    method: 'AssetDao.deactivateAsset',
    identity: 'item',
    looksAt,
    effect: [`- ${fresh}`, '+ asset INACTIVE Silver v2'],
    prepare: listed(deactivation),
  },
  {
    name: 'open an asset for trade',
    method: 'AssetDao.activateAsset',
    identity: 'item',
    looksAt,
    effect: ['- asset INACTIVE Silver v2', '+ asset ACTIVE Silver v3'],
    prepare: async (world) => {
      const scene = await listed(activation)(world);
      await deactivation(world).call(world.services);
      return scene;
    },
  },
];
