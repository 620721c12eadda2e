import { cpus, totalmem } from 'node:os';

const titles = {
  'client-cpu': 'Client CPU per operation, against the plain SDK client (1.0)',
  throughput: 'Market orders per second, against the plain SDK client (1.0)',
  'hot-account': 'One hot account, writes that overlap refused, against no queue (1.0)',
  load: 'Orders over HTTP per second, against the writes of the plain SDK client (1.0)',
  memory: "A service's heap under a steady load: the last third of the time against the middle third",
  'cold-start': "First import(), against the SDK's client (1.0)",
  growth: 'Growth, against the smallest store (1.0)',
  'standing-writes': 'Standing orders: what each write costs, beside what its items and entries come to',
  'standing-ticks': 'Standing orders: what a tick costs',
  'standing-fills': 'Standing orders: what the fills of a venue cost as they grow in number',
  'standing-burst': 'Standing orders: many due at one tick, an index that throttles',
  'standing-latency': 'Standing orders: from a price to the fill that it makes, on the local stack',
  'standing-speed': 'Standing orders: orders that an engine fills per second, against the plain SDK client (1.0)',
};

/** One part of the benchmark. */
export type Part = keyof typeof titles;

/** Every part, in the order in which they are measured. */
export const parts = Object.keys(titles) as Part[];

/** One result of the benchmark. */
export interface Figure {
  readonly part: Part;
  /** What was done: an operation, a concurrency, a package. */
  readonly name: string;
  /** Who did it. */
  readonly contender: string;
  /** The figure: against the base of the same run where there is one. */
  readonly ratio?: number;
  /** Absolute values, which say little beyond the machine they were taken on, by name with unit. */
  readonly values: Readonly<Record<string, number>>;
}

/** The figures of one part as a section of a Markdown document. */
export function markdownTable(part: Part, figures: readonly Figure[]): string {
  const values = [...new Set(figures.flatMap((figure) => Object.keys(figure.values)))];
  const head = ['figure', 'by', 'ratio', ...values];
  const rows = figures.map(({ name, contender, ratio, values: of }) => [
    name,
    contender,
    ...[ratio, ...values.map((value) => of[value])].map((cell) => String(cell ?? '')),
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

  return `### ${titles[part]}\n\n${lines.join('\n')}\n\n${describeMachine()}\n`;
}

/** The machine that the figures were taken on. */
function describeMachine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 1024 ** 3);

  return `${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}, ${gigabytes} GB, ${process.platform} ${process.arch}, Node.js ${process.version}`;
}

/** What the ratio of one figure must keep. */
export interface Bound {
  readonly part: Part;
  readonly name: string;
  readonly contender: string;
  /** The ratio must not be above. */
  readonly max?: number;
  /** The same for the short form. Default: `max`. */
  readonly maxInShort?: number;
  /** The ratio must not be below. */
  readonly min?: number;
  /** The contenders whose ratio of the same name must be above this one's. */
  readonly below?: readonly string[];
}

/**
 * What the figures do not keep, a sentence each. A figure that was not taken in this run breaks nothing; one that was, without a
 * ratio, does. In the short form the lower quartile is held against the bounds, where there is one: what else the machine does in
 * those few seconds only makes a ratio worse.
 */
export function brokenBounds(figures: readonly Figure[], bounds: readonly Bound[], short = false): string[] {
  const find = (bound: Bound, contender: string) =>
    figures.find((each) => each.part === bound.part && each.name === bound.name && each.contender === contender);

  return bounds.flatMap((bound) => {
    const { part, name, contender, max, maxInShort = max, min, below = [] } = bound;
    const figure = find(bound, contender);
    if (!figure) return [];

    const ratio = (short ? figure.values['lowerQuartile'] : undefined) ?? figure.ratio ?? Number.NaN;
    const most = short ? maxInShort : max;
    const problems = below.flatMap((rival) => {
      const its = find(bound, rival)?.ratio;
      return its !== undefined && ratio >= its ? [`${ratio} is not below the ${its} of ${rival}`] : [];
    });
    if (Number.isNaN(ratio)) problems.push('there is no ratio');
    if (most !== undefined && ratio > most) problems.push(`${ratio} is above ${most}`);
    if (min !== undefined && ratio < min) problems.push(`${ratio} is below ${min}`);

    return problems.map((problem) => `${part} ${name} ${contender}: ${problem}.`);
  });
}
