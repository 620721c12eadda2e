import type { WatermarkKind } from '@cnop/entities-order';
import { createTrailMirror, type TrailMirror } from '@cnop/flow-order/engine';
import { evenNumbers, normalDeviate } from './chance.ts';

const startMs = Date.UTC(2026, 2, 2, 14);
const timeOf = (tick: number): string => new Date(startMs + tick * 1_000).toISOString();

/** How a price moves: by its last value, a normal deviate and an even one. */
const walks = {
  random: (price: number, normal: number) => price * (1 + 0.001 * normal),
  rising: (price: number, normal: number) => price * (1 + 0.0002 + 0.001 * normal),
  jumps: (price: number, normal: number, even: number) => price * (1 + (even < 0.01 ? 0.03 : 0.001) * normal),
};

/** The walks that prices are made by. */
export const walkNames = Object.keys(walks) as (keyof typeof walks)[];

/** What {@link runTrails} takes. */
export interface TrailRunOptions {
  readonly orders: number;
  readonly ticks: number;
  readonly walk: keyof typeof walks;
  readonly seed: number;
  /** What the process has spent so far, in milliseconds. Default: nothing is measured. */
  readonly cpuMs?: () => number;
}

/** What a run tells. */
export interface TrailRun {
  /** Ticks at which the mirror and a watermark for each order disagreed on what is reached. */
  readonly differences: number;
  readonly fired: number;
  readonly depth: { readonly mean: number; readonly max: number };
  readonly cohorts: { readonly mean: number; readonly max: number };
  /** Watermarks, of sells and of buys, at which a tick reaches an order. */
  readonly cohortsReached: { readonly mean: number; readonly max: number };
  readonly mirrorMs: number;
  readonly bruteMs: number;
}

/** A trail of the run, with the watermark that every tick moves. */
interface Trail {
  readonly orderId: string;
  readonly kind: WatermarkKind;
  readonly unit: 'AMOUNT' | 'BPS';
  readonly offset: number;
  /** Ticks, by number. */
  readonly since: number;
  readonly amendedAt: number;
  readonly cancelledAt: number;
  born: number;
  mark: number;
  isOpen: boolean;
}

/**
 * Orders that come evenly over a run of ticks, 80 % sells, half by percent, a tenth amended, a tenth cancelled, a tenth out of reach of
 * the first ticks after they came: once in mirrors, once each with a watermark of its own.
 */
export function runTrails({ orders, ticks, walk, seed, cpuMs = () => 0 }: TrailRunOptions): TrailRun {
  const random = evenNumbers(seed);
  const mirrors = { HIGH: createTrailMirror({ kind: 'HIGH' }), LOW: createTrailMirror({ kind: 'LOW' }) };
  /** Those that are open, and some that no longer are. */
  let trails: Trail[] = [];
  const [depth, cohorts, cohortsReached] = [createStatistic(), createStatistic(), createStatistic()];
  const [mirrorTime, bruteTime] = [createStopwatch(cpuMs), createStopwatch(cpuMs)];
  let [price, placed, fired, differences] = [1_000_000, 0, 0, 0];

  for (let tick = 0; tick < ticks; tick += 1) {
    price = Math.max(1, Math.round(walks[walk](price, normalDeviate(random), random())));
    const reached = bruteTime.run(() => reachedOnes(trails, price));
    const ids = mirrorTime.run(() => [
      ...mirrors.HIGH.tick(timeOf(tick), BigInt(price)),
      ...mirrors.LOW.tick(timeOf(tick), BigInt(price)),
    ]);
    if (
      !isSameSet(
        ids,
        reached.map(({ orderId }) => orderId),
      )
    )
      differences += 1;

    depth.add(mirrors.HIGH.depth + mirrors.LOW.depth);
    cohorts.add(mirrors.HIGH.cohorts + mirrors.LOW.cohorts);
    cohortsReached.add(new Set(reached.map(({ kind, mark }) => `${kind}${mark}`)).size);
    for (const trail of reached.filter(({ since }) => tick > since)) {
      fired += 1;
      mirrorTime.run(() => close(trail, mirrors));
    }
    bruteTime.run(() => moveMarks(trails, price));

    for (const trail of trails) {
      if (!trail.isOpen) continue;
      if (trail.cancelledAt === tick) close(trail, mirrors);
      else if (trail.amendedAt === tick) mirrorTime.run(() => place(trail, { tick, price, mirrors }));
    }
    if (tick % 100 === 0) trails = trails.filter(({ isOpen }) => isOpen);
    for (; placed * ticks < orders * (tick + 1); placed += 1) {
      const trail = newTrail(placed, { tick, ticks, price, random });
      trails.push(trail);
      mirrorTime.run(() => place(trail, { tick, price, mirrors }));
    }
  }
  return {
    differences,
    fired,
    depth: depth.read(),
    cohorts: cohorts.read(),
    cohortsReached: cohortsReached.read(),
    mirrorMs: mirrorTime.read(),
    bruteMs: bruteTime.read(),
  };
}

interface Moment {
  readonly tick: number;
  readonly price: number;
}

function newTrail(
  index: number,
  { tick, ticks, price, random }: Moment & { readonly ticks: number; readonly random: () => number },
): Trail {
  const kind = random() < 0.8 ? 'HIGH' : 'LOW';
  const unit = random() < 0.5 ? 'AMOUNT' : 'BPS';
  const bps = 50 + Math.floor(random() ** 2 * 2_500);
  const later = () => (random() < 0.1 ? tick + 1 + Math.floor(random() * (ticks - tick)) : -1);

  return {
    orderId: `o-${index}`,
    kind,
    unit,
    offset: unit === 'BPS' ? bps : Math.max(1, Math.round((price * bps) / 10_000)),
    since: random() < 0.1 ? tick + Math.floor(random() * 200) : tick,
    amendedAt: later(),
    cancelledAt: later(),
    born: tick,
    mark: price,
    isOpen: true,
  };
}

type Mirrors = Readonly<Record<WatermarkKind, TrailMirror>>;

/** Takes a trail in, or anew from this tick on. */
function place(trail: Trail, { tick, price, mirrors }: Moment & { readonly mirrors: Mirrors }): void {
  [trail.born, trail.mark] = [tick, price];
  const { orderId, kind, unit, offset } = trail;

  mirrors[kind].add({ orderId, unit, offset: BigInt(offset), activeAsOfMs: startMs + tick * 1_000 });
}

function close(trail: Trail, mirrors: Mirrors): void {
  trail.isOpen = false;
  mirrors[trail.kind].remove(trail.orderId);
}

/** In exact integers below 2⁵³. */
function reachedOnes(trails: readonly Trail[], price: number): Trail[] {
  const reached: Trail[] = [];

  for (const trail of trails) if (trail.isOpen && isReached(trail, price)) reached.push(trail);
  return reached;
}

function isReached({ kind, unit, offset, mark }: Trail, price: number): boolean {
  if (kind === 'HIGH') return unit === 'AMOUNT' ? price <= mark - offset : price * 10_000 <= mark * (10_000 - offset);
  return unit === 'AMOUNT' ? price >= mark + offset : price * 10_000 >= mark * (10_000 + offset);
}

function moveMarks(trails: readonly Trail[], price: number): void {
  for (const trail of trails) {
    if (trail.isOpen) trail.mark = trail.kind === 'HIGH' ? Math.max(trail.mark, price) : Math.min(trail.mark, price);
  }
}

const isSameSet = (ids: readonly string[], others: readonly string[]): boolean => {
  const known = new Set(others);
  return ids.length === known.size && new Set(ids).size === ids.length && ids.every((id) => known.has(id));
};

function createStatistic() {
  let [sum, count, max] = [0, 0, 0];

  return {
    add: (value: number) => {
      [sum, count, max] = [sum + value, count + 1, Math.max(max, value)];
    },
    read: () => ({ mean: sum / Math.max(1, count), max }),
  };
}

function createStopwatch(cpuMs: () => number) {
  let spentMs = 0;

  return {
    run: <TResult>(work: () => TResult): TResult => {
      const before = cpuMs();
      const result = work();
      spentMs += cpuMs() - before;
      return result;
    },
    read: () => spentMs,
  };
}
