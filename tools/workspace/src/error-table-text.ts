/** What the table says of one code. */
export interface ListedError {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly retryable: boolean;
}

/** Error codes by status, as a table in Markdown whose columns are as wide as their widest cell. */
export function errorTableText(errors: readonly ListedError[]): string {
  const rows = errors
    .toSorted((left, right) => left.status - right.status || left.code.localeCompare(right.code))
    .map(({ status, code, retryable, title }) => [String(status), `\`${code}\``, retryable ? 'yes' : '', title]);
  const header = ['HTTP', 'code', 'retryable', 'title'];
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;

  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
