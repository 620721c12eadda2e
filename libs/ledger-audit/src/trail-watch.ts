import { dueTick, sideOf, trailStopOf, type OrderSide, type TriggerTick } from '@cnop/entities-order';
import type { TriggerWatch, WatchedOrder } from './open-triggers.ts';

/** Trails of one side that have the same watermark, and so will have as long as they are open. */
interface Cohort {
  markMinor: bigint;
  trails: WatchedOrder[];
  /** Of those that follow by an amount and of those by basis points, the one that follows most closely. */
  closest: WatchedOrder[];
}

/** The watch over the trails of one asset; see `createTriggerWatch`. */
export function createTrailWatch(trails: readonly WatchedOrder[]): TriggerWatch {
  const sides = (['SELL', 'BUY'] as const).map((side) =>
    createSideWatch(
      trails.filter(({ orderType }) => sideOf(orderType) === side),
      side,
    ),
  );

  return { next: (tick) => sides.flatMap((watch) => watch.next(tick)) };
}

function createSideWatch(trails: readonly WatchedOrder[], side: OrderSide): TriggerWatch {
  const isSell = side === 'SELL';
  /** Whether a trail takes the one price for its watermark rather than the other. */
  const isBetter = (price: bigint, other: bigint) => (isSell ? price > other : price < other);
  const unborn = trails.toSorted((one, other) => other.activeAsOf.localeCompare(one.activeAsOf));
  let cohorts: Cohort[] = [];

  const join = (markMinor: bigint, more: WatchedOrder[]) => {
    const cohort = cohorts.find((each) => each.markMinor === markMinor);
    if (cohort) addTo(cohort, more);
    else cohorts.push({ markMinor, trails: more, closest: closestOf(more) });
  };
  const isReached = ({ markMinor, closest }: Cohort, price: bigint) =>
    closest.some((trail) => !isBetter(price, trailStopOf(trail, markMinor)));

  return {
    next: (tick) => {
      const { priceMinor, asOf } = tick;
      if (!tick.executable) return [];

      for (let last = unborn.at(-1); last && last.activeAsOf < asOf; last = unborn.at(-1)) {
        join(last.watermarkMinor ?? priceMinor, [last]);
        unborn.pop();
      }
      const passed = cohorts.filter(({ markMinor }) => isBetter(priceMinor, markMinor));
      if (passed.length > 0) {
        cohorts = cohorts.filter((cohort) => !passed.includes(cohort));
        for (const cohort of passed) join(priceMinor, cohort.trails);
      }
      if (tick.paused) return [];

      const reached = cohorts.filter((cohort) => isReached(cohort, priceMinor));
      const due = reached.flatMap((cohort) => takeDue(cohort, tick));
      if (reached.length > 0) cohorts = cohorts.filter(({ trails }) => trails.length > 0);
      return due;
    },
  };
}

/** Adds the fewer to the more, so that a trail is moved only as often as the number with it has doubled. */
function addTo(cohort: Cohort, more: WatchedOrder[]): void {
  const [many, few] = cohort.trails.length < more.length ? [more, cohort.trails] : [cohort.trails, more];

  for (const trail of few) many.push(trail);
  cohort.trails = many;
  cohort.closest = closestOf([...cohort.closest, ...few, ...(few === more ? [] : closestOf(more))]);
}

function closestOf(trails: readonly WatchedOrder[]): WatchedOrder[] {
  const byAmount = trails.filter(({ trailAmountMinor }) => trailAmountMinor !== undefined);
  const byPercent = trails.filter(({ trailAmountMinor }) => trailAmountMinor === undefined);

  return [byAmount, byPercent].flatMap((group) => {
    const [first] = group;
    return first ? [group.reduce((near, trail) => (offsetOf(trail) < offsetOf(near) ? trail : near), first)] : [];
  });
}

const offsetOf = ({ trailAmountMinor, trailBps = 0 }: WatchedOrder): bigint => trailAmountMinor ?? BigInt(trailBps);

/** Takes from a cohort the trails that a tick makes due, and those that are past their expiry. */
function takeDue(cohort: Cohort, tick: TriggerTick): WatchedOrder[] {
  const { markMinor: watermarkMinor, trails } = cohort;
  const due = trails.filter((trail) => dueTick({ ...trail, watermarkMinor }, [tick]) !== undefined);
  const gone = new Set(due);

  cohort.trails = trails.filter((trail) => !gone.has(trail) && tick.asOf < trail.expiresAt);
  cohort.closest = closestOf(cohort.trails);
  return due;
}
