import fc from 'fast-check';
import type { ModelCommand } from './model-command.ts';
import { halt, kill, pause, repeat, tick, work } from './model-market-commands.ts';
import { amend, cancel, confirm, place, report } from './model-order-commands.ts';

const evenly = (min: number, max: number) => fc.noBias(fc.integer({ min, max }));
const where = { market: evenly(0, 3).map((value) => (value === 3 ? 1 : 0)), afterMs: evenly(1, 9_000) };
const onOrders = { ...where, nth: evenly(0, 1_000), size: evenly(20, 2_000), what: evenly(0, 9) };
const ages = fc.oneof(
  { weight: 8, arbitrary: evenly(0, 3) },
  { weight: 2, arbitrary: evenly(4, 60_000) },
  { weight: 1, arbitrary: evenly(60_001, 70_000) },
);
const moves = fc.oneof(
  { weight: 9, arbitrary: evenly(-900, 900) },
  { weight: 1, arbitrary: fc.constantFrom(-7_000, 7_000) },
);
const ticks = fc.record({ ...where, move: moves, ageMs: ages }).map(tick);
const placings = fc
  .record({
    ...where,
    kind: evenly(0, 50),
    near: evenly(20, 1_200),
    far: evenly(1_201, 4_000),
    quantity: evenly(1, 40),
    lifeMs: fc.oneof(fc.constant(0), evenly(5_000, 90_000)),
    isAtOnce: evenly(0, 4).map((value) => value === 0),
  })
  .map(place);

/** Every command, the commonest most often. */
export const modelCommands: fc.Arbitrary<ModelCommand>[] = [
  ...[ticks, ticks, ticks, ticks, placings, placings, placings],
  ...[amend, cancel, report, report].map((make) => fc.record(onOrders).map(make)),
  fc.oneof(fc.record(where).map(repeat), fc.record(onOrders).map(confirm)),
  fc.oneof(fc.record(where).map(halt), fc.record(where).map(pause)),
  fc.record(where).map(work),
  fc.oneof(fc.record(where).map(work), fc.record({ ...where, isAfter: fc.boolean() }).map(kill)),
];
