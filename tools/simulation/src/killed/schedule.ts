import type { OrderAmendment, OrderCreate } from '@cnop/entities-order';
import { randomAt } from '../random-source.ts';
import { amendmentNear, distancesFrom, orderKinds, orderNear, priceText, type OrderKind } from './orders-near.ts';

/** What happens on a market. Orders are named by how many were placed before them. */
export type MarketAction =
  | { readonly do: 'tick'; readonly assetId: string; readonly price: string }
  | { readonly do: 'place'; readonly nth: number; readonly owner: string; readonly order: OrderCreate }
  | { readonly do: 'amend'; readonly nth: number; readonly amendment: OrderAmendment }
  | { readonly do: 'cancel'; readonly nth: number }
  | { readonly do: 'halt' | 'activate' | 'pause' | 'resume'; readonly assetId: string };

/** An action and when it happens, each at a later millisecond than the one before. */
export type MarketEvent = MarketAction & { readonly at: Date };

export interface ScheduleSize {
  readonly ticks: number;
  readonly orders: number;
  readonly assetIds: readonly string[];
  readonly owners: readonly string[];
}

export const openingTime = new Date('2030-01-01T00:00:00.000Z');
const firstPriceMinor = 57_200;
export const openingPrice = priceText(firstPriceMinor);

const lowestPriceMinor = 20_000;
const mostMoved = 600;
const pauseMs = 1_500;
/** Now and then nothing happens for longer than a worker looks back. */
const lulls = { oneIn: 40, pauseMs: 30 * 60_000 };
const longestLifeMs = 4 * 3_600_000;
/** How far back users go for the order that they amend or cancel. */
const recentOrders = 200;

interface ListedAsset {
  readonly assetId: string;
  priceMinor: number;
  isHalted: boolean;
  isPaused: boolean;
}

/** The market of a seed: prices that walk, orders of every type around them, amendments, cancellations, halts and pauses. */
export function scheduleOf(seed: number, { ticks, orders, assetIds, owners }: ScheduleSize): readonly MarketEvent[] {
  const random = randomAt(seed, 0);
  const oneOf = <TItem>(items: readonly TItem[]): TItem => items[random.below(items.length)] as TItem;
  const open = { priceMinor: firstPriceMinor, isHalted: false, isPaused: false };
  const assets: readonly ListedAsset[] = assetIds.map((assetId) => ({ assetId, ...open }));
  const placed: { readonly asset: ListedAsset; readonly kind: OrderKind }[] = [];
  const recent = () => Math.max(0, placed.length - 1 - random.below(recentOrders));
  let atMs = openingTime.getTime();

  const actions: Readonly<Record<'tick' | 'place' | 'amend' | 'cancel' | 'switch', () => MarketAction>> = {
    tick: () => {
      const asset = oneOf(assets);
      const moved = asset.priceMinor + random.below(2 * mostMoved + 1) - mostMoved;
      asset.priceMinor = Math.max(lowestPriceMinor, moved);
      return { do: 'tick', assetId: asset.assetId, price: priceText(asset.priceMinor) };
    },
    place: () => {
      const [asset, kind, nth] = [oneOf(assets), oneOf(orderKinds), placed.length];
      const terms = orderNear(kind, distancesFrom(asset.priceMinor, random), random);
      const expiresAt = new Date(atMs + 1 + random.below(longestLifeMs)).toISOString();
      const order = { ...terms, assetId: asset.assetId, ...(random.below(3) === 0 && { expiresAt }) };
      placed.push({ asset, kind });
      return { do: 'place', nth, owner: oneOf(owners), order: order as OrderCreate };
    },
    amend: () => {
      const nth = recent();
      const { asset, kind } = placed[nth] ?? { asset: oneOf(assets), kind: oneOf(orderKinds) };
      return { do: 'amend', nth, amendment: amendmentNear(kind, distancesFrom(asset.priceMinor, random), random) };
    },
    cancel: () => ({ do: 'cancel', nth: recent() }),
    switch: () => {
      const asset = oneOf(assets);
      const part = oneOf(['isHalted', 'isPaused'] as const);
      asset[part] = !asset[part];
      const names = { isHalted: ['activate', 'halt'], isPaused: ['resume', 'pause'] } as const;
      return { do: names[part][Number(asset[part])] ?? 'activate', assetId: asset.assetId };
    },
  };
  const counts = { tick: ticks, place: orders, amend: orders / 3, cancel: orders / 6, switch: ticks / 100 };
  const left = Object.entries(counts).flatMap(([name, count]) =>
    Array<keyof typeof actions>(Math.ceil(count)).fill(name as keyof typeof actions),
  );

  return left.map((_, done): MarketEvent => {
    const drawn = done + random.below(left.length - done);
    const name = left[drawn] ?? 'tick';
    left[drawn] = left[done] ?? 'tick';
    atMs += 1 + random.below(random.below(lulls.oneIn) === 0 ? lulls.pauseMs : pauseMs);

    return { at: new Date(atMs), ...actions[name]() };
  });
}
