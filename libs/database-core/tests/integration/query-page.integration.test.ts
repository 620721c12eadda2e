import { queryPage, type Database, type ListQuery, type Page, type RawItem } from '@cnop/database-core';
import { answerError } from '@cnop/testing';
import { putItem } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

interface Thing {
  readonly name: string;
  readonly kind: string;
}

const nameOf = (index: number) => `t-${String(index).padStart(4, '0')}`;

async function putThings(database: Database, kinds: readonly string[], item: RawItem = {}): Promise<string[]> {
  const names = kinds.map((_, index) => nameOf(index));
  const puts = kinds.map((kind, index) => () => putItem(database, { pk: 'P', sk: nameOf(index), kind, ...item }));

  while (puts.length > 0) await Promise.all(puts.splice(0, 32).map((put) => put()));
  return names;
}

/** Things of one partition by name. */
const byName = (database: Database, partition = 'P'): ListQuery<Thing> => ({
  request: {
    TableName: database.tableName('things'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partition },
    ConsistentRead: true,
  },
  binding: ['byName', partition],
  position: ({ sk }) => [String(sk)],
  startKey: ([sk]) => ({ pk: partition, sk }),
  fromItem: ({ sk, kind }) => ({ name: String(sk), kind: String(kind) }),
});

const ofKind = (database: Database, kind: string): ListQuery<Thing> => ({
  ...byName(database),
  binding: ['ofKind', 'P', kind],
  keep: (thing) => thing.kind === kind,
});

/** Things of one owner by rank, through an index in which many have the same rank. */
const byRank = (database: Database): ListQuery<Thing> => ({
  request: {
    TableName: database.tableName('things'),
    IndexName: 'byOwner',
    KeyConditionExpression: '#owner = :owner',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':owner': 'ann' },
    ScanIndexForward: false,
  },
  binding: ['byRank', 'ann'],
  position: ({ sk, rank }) => [String(sk), String(rank)],
  startKey: ([sk, rank]) => ({ pk: 'P', sk, owner: 'ann', rank: Number(rank) }),
  fromItem: ({ sk, kind }) => ({ name: String(sk), kind: String(kind) }),
});

async function pagesOf<TItem>(database: Database, query: ListQuery<TItem>, limit: number): Promise<Page<TItem>[]> {
  const pages: Page<TItem>[] = [];

  for (let cursor: string | undefined; ;) {
    const page = await queryPage(database, query, { limit, cursor });

    pages.push(page);
    cursor = page.nextCursor;
    if (cursor === undefined) return pages;
  }
}

const sizes = (pages: readonly Page<unknown>[]) => pages.map(({ items }) => items.length);
const names = (pages: readonly Page<Thing>[]) => pages.flatMap(({ items }) => items.map(({ name }) => name));

describe(queryPage, () => {
  it('gives every item once, in order, and no cursor on the last page', async () => {
    const { database } = await setup();
    const all = await putThings(database, Array<string>(25).fill('a'));

    const pages = await pagesOf(database, byName(database), 10);

    expect(sizes(pages)).toEqual([10, 10, 5]);
    expect(names(pages)).toEqual(all);
  });

  it('gives no cursor when the last page is just full', async () => {
    const { database } = await setup();
    await putThings(database, Array<string>(20).fill('a'));

    expect(sizes(await pagesOf(database, byName(database), 10))).toEqual([10, 10]);
  });

  it('gives an empty page of an empty partition', async () => {
    const { database } = await setup();

    expect(await queryPage(database, byName(database, 'nobody'), { limit: 10 })).toEqual({ items: [] });
  });

  it('gives items that came after the first page', async () => {
    const { database } = await setup();
    await putThings(database, ['a', 'a', 'a']);
    const first = await queryPage(database, byName(database), { limit: 2 });
    await putItem(database, { pk: 'P', sk: nameOf(9), kind: 'a' });

    const second = await queryPage(database, byName(database), { limit: 2, cursor: first.nextCursor });

    expect(names([second])).toEqual([nameOf(2), nameOf(9)]);
    expect(second.nextCursor).toBeUndefined();
  });

  it('fills a page over store pages of which most is left out', async () => {
    const { database, http } = await setup();
    const kinds = Array.from({ length: 450 }, (_, index) => (index % 50 === 0 ? 'rare' : 'common'));
    await putThings(database, kinds);

    const pages = await pagesOf(database, ofKind(database, 'rare'), 4);

    expect(sizes(pages)).toEqual([4, 4, 1]);
    expect(new Set(names(pages)).size).toBe(9);
    expect(JSON.parse(http.bodiesOf('Query')[0]!)).toMatchObject({ Limit: 100 });
  });

  it('loads what lies behind an entry, and leaves out what is gone, with no more than one beyond the page', async () => {
    const { database, http } = await setup();
    await putThings(database, ['a', 'a', 'a', 'a', 'a']);
    const loaded: number[] = [];
    const query: ListQuery<Thing> = {
      ...ofKind(database, 'loaded'),
      load: (entries) => {
        loaded.push(entries.length);
        return Promise.resolve(
          entries.filter(({ sk }) => sk !== nameOf(1)).map((entry) => ({ ...entry, kind: 'loaded' })),
        );
      },
    };

    const pages = await pagesOf(database, query, 2);

    expect(names(pages)).toEqual([nameOf(0), nameOf(2), nameOf(3), nameOf(4)]);
    expect(sizes(pages)).toEqual([2, 2]);
    expect(Math.max(...loaded)).toBe(3);
    expect(JSON.parse(http.bodiesOf('Query')[0]!)).toMatchObject({ Limit: 3 });
  });

  it('gives no cursor when nothing more is kept, though the store goes on', async () => {
    const { database } = await setup();
    await putThings(database, ['rare', 'rare', ...Array<string>(150).fill('common')]);

    const page = await queryPage(database, ofKind(database, 'rare'), { limit: 2 });

    expect(names([page])).toEqual([nameOf(0), nameOf(1)]);
    expect(page.nextCursor).toBeUndefined();
  });

  it('gives a short page with a cursor after ten store pages', async () => {
    const { database, http } = await setup();
    await putThings(database, [...Array<string>(1_050).fill('common'), 'rare']);

    const first = await queryPage(database, ofKind(database, 'rare'), { limit: 5 });

    expect(first).toEqual({ items: [], nextCursor: expect.any(String) as unknown });
    expect(http.bodiesOf('Query')).toHaveLength(10);
    const second = await queryPage(database, ofKind(database, 'rare'), { limit: 5, cursor: first.nextCursor });
    expect(names([second])).toEqual([nameOf(1_050)]);
    expect(second.nextCursor).toBeUndefined();
  });

  it('neither loses nor doubles items that are equal in the sort key', async () => {
    const { database } = await setup();
    const all = await putThings(database, Array<string>(23).fill('a'), { owner: 'ann', rank: 7 });

    const pages = await pagesOf(database, byRank(database), 4);

    expect(sizes(pages)).toEqual([4, 4, 4, 4, 4, 3]);
    expect(names(pages).sort()).toEqual(all);
  });

  it('carries no partition key in a cursor', async () => {
    const { database } = await setup();
    await putThings(database, ['a', 'a'], { owner: 'ann', rank: 7 });

    const { nextCursor } = await queryPage(database, byRank(database), { limit: 1 });

    expect(Buffer.from(nextCursor!, 'base64url').toString()).not.toContain('ann');
  });

  it.each([
    ['that was changed', (cursor: string) => `${cursor.slice(0, -2)}AA`],
    ['that was cut', (cursor: string) => cursor.slice(0, -4)],
    ['that was made up', () => 'bm90IGEgY3Vyc29y'],
    ['that is empty', () => ''],
  ])('refuses a cursor %s', async (_, tamper) => {
    const { database, http } = await setup();
    await putThings(database, ['a', 'a']);
    const { nextCursor } = await queryPage(database, byName(database), { limit: 1 });

    const page = queryPage(database, byName(database), { limit: 1, cursor: tamper(nextCursor!) });

    await expect(page).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    expect(http.bodiesOf('Query')).toHaveLength(1);
  });

  it.each<[string, (database: Database) => ListQuery<Thing>]>([
    ['another partition', (database) => byName(database, 'Q')],
    ['another list', (database) => byRank(database)],
    ['another filter', (database) => ofKind(database, 'a')],
  ])('refuses a cursor of %s', async (_, other) => {
    const { database } = await setup();
    await putThings(database, ['a', 'a']);
    const { nextCursor } = await queryPage(database, byName(database), { limit: 1 });

    const page = queryPage(database, other(database), { limit: 1, cursor: nextCursor });

    await expect(page).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('reports a database that refuses', async () => {
    const { database, http } = await setup();
    http.script('Query', answerError('AccessDeniedException'));

    await expect(queryPage(database, byName(database), { limit: 1 })).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });
});
