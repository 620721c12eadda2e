import Table from 'cli-table3';
import { cpus, totalmem } from 'node:os';
import type { Figure } from './figure.ts';

const titles: Readonly<Record<Figure['part'], string>> = {
  'client-cpu': 'Client CPU per operation, against the plain SDK client (1.0)',
  throughput: 'Market orders per second, against the plain SDK client (1.0)',
  load: 'Orders over HTTP per second, against the transactions of the plain SDK client (1.0)',
  'hot-account': 'One hot account, transactions that overlap refused, against no queue (1.0)',
  growth: 'Growth, against the smallest store (1.0)',
  memory: "A service's heap under a steady load: the last third of the time against the middle third",
  'cold-start': "First import(), against the SDK's client (1.0)",
};

/** One line of JSON for each figure. */
export const jsonLines = (figures: readonly Figure[]): string =>
  figures.map((figure) => `${JSON.stringify(figure)}\n`).join('');

/** The figures as tables for a terminal. */
export const printTables = (figures: readonly Figure[]): string =>
  tablesOf(figures)
    .map(({ title, head, rows }) => {
      const table = new Table({ head, style: { head: [], border: [] } });
      table.push(...rows);
      return `${title}\n${table.toString()}\n`;
    })
    .join('\n');

/** The same as a section of a Markdown document. */
export const markdownTables = (figures: readonly Figure[]): string =>
  tablesOf(figures)
    .map(({ title, head, rows }) => {
      const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
      return `### ${title}\n\n${lines.join('\n')}\n`;
    })
    .join('\n');

interface FigureTable {
  readonly title: string;
  readonly head: string[];
  readonly rows: string[][];
}

function tablesOf(figures: readonly Figure[]): FigureTable[] {
  const parts = [...new Set(figures.map(({ part }) => part))];

  return parts.map((part) => {
    const own = figures.filter((figure) => figure.part === part);
    const values = [...new Set(own.flatMap((figure) => Object.keys(figure.values)))];

    return {
      title: titles[part],
      head: ['figure', 'by', 'ratio', ...values],
      rows: own.map(({ name, contender, ratio, values: of }) => [
        name,
        contender,
        String(ratio ?? ''),
        ...values.map((value) => String(of[value] ?? '')),
      ]),
    };
  });
}

/** The machine that the figures were taken on. */
export function describeMachine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 1024 ** 3);

  return `${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}, ${gigabytes} GB, ${process.platform} ${process.arch}, Node.js ${process.version}`;
}
