// Prints what trailing stops cost: 100,000 orders over 10,000 ticks, each tick against a watermark for every order, and the size of a
// checkpoint after 10 and 90 days. Some minutes:
//   node --conditions=@cnop/source libs/flow-order/tests/support/trail-figures-main.ts
import { ladderSizes } from './ladder-size.ts';
import { runTrails, walkNames } from './trail-run.ts';

const [orders, ticks, seed] = [100_000, 10_000, 1];
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const ofBoth = ({ mean, max }: { readonly mean: number; readonly max: number }) => `${mean.toFixed(2)} / ${max}`;

for (const walk of walkNames) {
  const run = runTrails({ orders, ticks, walk, seed, cpuMs });
  if (run.differences > 0) process.exitCode = 1;

  console.log({
    walk,
    differences: run.differences,
    fired: run.fired,
    'depth avg / max': ofBoth(run.depth),
    'cohorts avg / max': ofBoth(run.cohorts),
    'reached a tick avg / max': ofBoth(run.cohortsReached),
    'mirror s': (run.mirrorMs / 1_000).toFixed(1),
    'brute force s': (run.bruteMs / 1_000).toFixed(1),
  });
}

const days = [10, 90];
const sizes = ladderSizes(
  days.map((count) => count * 86_400),
  seed,
);
console.table(sizes.map((size, index) => ({ days: days[index], ...size, 'bytes a rung': size.bytes / size.rungs })));
