import Table from 'cli-table3';
import { quantile } from '../statistics.ts';
import type { Load } from './measure-bare.ts';
import type { RouteLoad } from './measure-route.ts';

/** What a service may answer under load: it says that it has too much to do, or that others were in the way. */
const declared = new Set(['201', 'OVERLOADED', 'CONTENTION', 'THROTTLED']);

/** The figures as a table, and everything that must not be. */
export interface LoadReport {
  readonly text: string;
  readonly problems: readonly string[];
}

/** Puts the route beside the bare SDK. */
export function loadReport(route: RouteLoad, bare: Load): LoadReport {
  const table = new Table({
    head: ['', 'per second', 'p50 ms', 'p90 ms', 'p99 ms', 'longest ms'],
    style: { head: [], border: [] },
  });

  table.push(rowOf('POST /v1/orders', route), rowOf('bare SDK, the same four items', bare));
  const share = Math.round((100 * route.perSecond) / bare.perSecond);
  const answers = Object.entries(route.answers).map(([code, count]) => `${count} × ${code}`);
  return {
    text: [
      table.toString(),
      `${share} % of the bare SDK. Answers: ${answers.join(', ')}. Broken invariants: ${route.brokenCount}.`,
    ].join('\n'),
    problems: problemsOf(route),
  };
}

function problemsOf({ answers, failures, brokenCount, orders, count }: RouteLoad): string[] {
  const undeclared = Object.keys(answers).filter((code) => !declared.has(code));

  return [
    ...undeclared.map((code) => `${code} was answered ${answers[code]} times`),
    ...(failures > 0 ? [`${failures} requests had no answer`] : []),
    ...(brokenCount > 0 ? [`${brokenCount} invariants are broken`] : []),
    ...(count === 0 ? ['no order was placed'] : []),
    ...(orders < count ? [`${count} orders were confirmed, and ${orders} are there`] : []),
  ];
}

function rowOf(name: string, { perSecond, latenciesMs }: Load): string[] {
  const at = (part: number) => (latenciesMs.length === 0 ? '-' : quantile(latenciesMs, part).toFixed(1));

  return [name, perSecond.toFixed(0), at(0.5), at(0.9), at(0.99), at(1)];
}
