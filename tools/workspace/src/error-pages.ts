import { toProblemDetails, type ErrorKind } from '@cnop/exceptions';
import { httpProblems } from '@cnop/middleware';
import type { DefinedSet } from './defined-errors.ts';

const introduction = `Every error of the libraries has a \`code\`, a \`message\` that says what varies, typed \`details\`, and says by \`retryable\` whether the very same
call may succeed when repeated. Tell errors apart by their code: \`ledgerErrors.InsufficientFundsError.is(error)\`. A service reports them as
[problem documents](http-api.md#errors). This page is collected from the definitions.`;

/** The page on errors, as Markdown: a section for each package, and in it one for each code. */
export const errorsPage = (sets: readonly DefinedSet[]): string =>
  ['# Errors', introduction, ...sets.flatMap(sectionsOf)].map((paragraph) => `${paragraph}\n`).join('\n');

const sectionsOf = ({ from, name, classes }: DefinedSet): string[] => [
  `## ${name} of ${from}`,
  ...Object.entries(classes).map(codeSection),
];

const codeSection = ([name, { code, status, title, retryable, advice }]: [string, ErrorKind]): string =>
  `### ${code}\n\n${title} HTTP ${status}${retryable ? ', may be retried' : ''}. \`${name}\`\n\n${advice}`;

/**
 * The page on the HTTP API with its table of every problem that a service may respond with, by status. Errors with status 500 are reported
 * by one code that tells nothing.
 */
export function httpApiPage(page: string, sets: readonly DefinedSet[]): string {
  const kinds = sets.flatMap(({ classes }) => Object.values(classes)).filter(({ status }) => status !== 500);
  const rows = [...kinds, ...Object.values(httpProblems), toProblemDetails(new Error())]
    .toSorted((left, right) => left.status - right.status || left.code.localeCompare(right.code))
    .map(({ status, code, retryable, title }) => [String(status), `\`${code}\``, retryable ? 'yes' : '', title]);
  const header = ['HTTP', 'code', 'retryable', 'title'];
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;
  const table = [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
  const section = /(?<=<!-- error codes -->\n\n)[^]*(?=\n\n<!-- end of error codes -->)/;
  if (!section.test(page)) throw new Error('The page on the HTTP API lacks the marks of error codes.');

  return page.replace(section, () => table);
}
