import type { AssetList } from '@cnop/dao-inventory';
import type { Asset } from '@cnop/entities-inventory';
import { marshall } from '@aws-sdk/util-dynamodb';
import { meterRequests, type RawItem } from '@cnop/database-core';
import { encodeCursor } from '@cnop/utils';
import { answerWith, refusalOf } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { assets } = store;
const inventory: Asset[] = [];

beforeAll(async () => {
  for (let index = 0; index < 12; index += 1) {
    const category = index % 3 === 0 ? 'ETF' : 'CRYPTO';
    const status = index % 2 === 0 ? 'ACTIVE' : 'INACTIVE';
    inventory.push(await store.create({ assetId: `L${String(index).padStart(2, '0')}`, category, status }));
  }
});

const marshallEach = (responses: Readonly<Record<string, readonly (RawItem | undefined)[]>>) =>
  Object.fromEntries(
    Object.entries(responses).map(([name, items]) => [name, items.map((item): unknown => marshall(item))]),
  );
const idsWhere = (keep: (asset: Asset) => boolean) => inventory.filter(keep).map(({ assetId }) => assetId);
const lists: [AssetList, (asset: Asset) => boolean][] = [
  [{ status: 'ACTIVE' }, ({ status }) => status === 'ACTIVE'],
  [{ status: 'INACTIVE' }, ({ status }) => status === 'INACTIVE'],
  [{ category: 'ETF' }, ({ category }) => category === 'ETF'],
  [{ category: 'STOCK' }, ({ category }) => category === 'STOCK'],
  [{ category: 'CRYPTO', status: 'ACTIVE' }, (asset) => asset.category === 'CRYPTO' && asset.status === 'ACTIVE'],
];

async function pagesOf(list: AssetList): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;

  do {
    const page = await assets.getAssets({ ...list, cursor });
    pages.push(page.items.map(({ assetId }) => assetId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

describe('AssetDao.getAssets', () => {
  it.each(lists)('gives the assets of %p by id', async (list, keep) => {
    const { items, nextCursor } = await assets.getAssets(list);

    expect(items).toEqual(inventory.filter(keep));
    expect(nextCursor).toBeUndefined();
  });

  it.each(lists.flatMap(([list, keep]) => [1, 2, 3, 4].map((limit) => [{ ...list, limit }, keep] as const)))(
    'pages through %p',
    async (list, keep) => {
      const pages = await pagesOf(list);

      expect(pages.flat()).toEqual(idsWhere(keep));
      expect(pages.slice(0, -1).every(({ length }) => length === list.limit)).toBe(true);
    },
  );

  it('goes on after an asset that has left the list', async () => {
    const ids = idsWhere(({ status }) => status === 'INACTIVE');
    const { nextCursor } = await assets.getAssets({ status: 'INACTIVE', limit: 2 });

    await assets.activateAsset(ids[1]!);
    const { items } = await assets.getAssets({ status: 'INACTIVE', limit: 2, cursor: nextCursor });
    await assets.deactivateAsset(ids[1]!);

    expect(items.map(({ assetId }) => assetId)).toEqual(ids.slice(2, 4));
  });

  it('reads the assets of a page by their keys, and no more than one beyond it', async () => {
    const meter = meterRequests(store.database);

    const { items } = await assets.getAssets({ status: 'ACTIVE', limit: 3 });
    meter.stop();

    expect(items).toHaveLength(3);
    expect(meter.requests.map(({ target, items }) => [target, items])).toEqual([
      ['Query', 0],
      ['BatchGetItem', 4],
    ]);
  });

  it('leaves out an asset whose status has changed, or that is gone, since the index was written', async () => {
    const [kept, moved, gone] = idsWhere(({ status }) => status === 'INACTIVE');
    const { http, assets: faulty } = store.faulty();
    const [keptItem, movedItem] = await Promise.all([kept!, moved!].map((assetId) => store.readRaw(assetId)));
    const Responses = { [store.database.tableName('inventory')]: [{ ...movedItem, status: 'ACTIVE' }, keptItem] };
    http.script('BatchGetItem', answerWith({ Responses: marshallEach(Responses) }));

    const { items } = await faulty.getAssets({ status: 'INACTIVE', limit: 3 });

    expect(items.map(({ assetId }) => assetId)).toContain(kept);
    expect(items.map(({ assetId }) => assetId)).not.toContain(moved);
    expect(items.map(({ assetId }) => assetId)).not.toContain(gone);
  });

  it('names the rule when neither a status nor a category is named', async () => {
    const refusal = await refusalOf(assets.getAssets({ limit: 10 }));

    expect(refusal).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [{ message: 'Name a status or a category: there is no list of all assets.' }] },
    });
  });

  it.each([
    { status: 'CLOSED' },
    { category: 'stock' },
    { status: 'ACTIVE', limit: 101 },
    { status: 'ACTIVE', all: 1 },
  ])('refuses the query %p', async (list) => {
    expect((await refusalOf(assets.getAssets(list as AssetList))).code).toBe('VALIDATION_FAILED');
  });
});

describe('the cursors of AssetDao', () => {
  const codeOf = async (list: AssetList) => (await refusalOf(assets.getAssets(list))).code;
  const cursorOf = async (list: AssetList) => (await assets.getAssets({ ...list, limit: 1 })).nextCursor!;

  it('work with no other query', async () => {
    const active = await cursorOf({ status: 'ACTIVE' });
    const etf = await cursorOf({ category: 'ETF' });

    const codes = await Promise.all([
      codeOf({ status: 'INACTIVE', cursor: active }),
      codeOf({ category: 'ETF', cursor: active }),
      codeOf({ category: 'ETF', status: 'ACTIVE', cursor: active }),
      codeOf({ category: 'ETF', status: 'ACTIVE', cursor: etf }),
      codeOf({ category: 'CRYPTO', cursor: etf }),
      codeOf({ status: 'ACTIVE', cursor: etf }),
    ]);

    expect(new Set(codes)).toEqual(new Set(['CURSOR_INVALID']));
  });

  it('are refused when any character of them was changed', async () => {
    const cursor = await cursorOf({ status: 'ACTIVE' });
    const tampered = Array.from(cursor).map((character, index) => {
      const other = character === 'A' ? 'B' : 'A';
      return `${cursor.slice(0, index)}${other}${cursor.slice(index + 1)}`;
    });

    const codes = await Promise.all(
      [...tampered, cursor.slice(1), `${cursor}A`, '#'].map((wrong) => codeOf({ status: 'ACTIVE', cursor: wrong })),
    );

    expect(new Set(codes)).toEqual(new Set(['CURSOR_INVALID']));
  });

  it.each([[[]], [['']], [['#']], [['USD']], [['L00#x']], [['L00', 'more']]])(
    'are refused with the position %p, though it was bound as we bind',
    async (position) => {
      const cursor = encodeCursor(position, ['assets', 'ACTIVE', '']);

      expect(await codeOf({ status: 'ACTIVE', cursor })).toBe('CURSOR_INVALID');
    },
  );

  it('may name an asset that never was', async () => {
    const cursor = encodeCursor(['L99'], ['assets', 'ACTIVE', '']);

    expect(await assets.getAssets({ status: 'ACTIVE', cursor })).toEqual({ items: [] });
  });
});
