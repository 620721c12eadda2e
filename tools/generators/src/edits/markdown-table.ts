/** Where a row belongs. */
export interface RowPlace {
  /** What the header of its table begins with. */
  readonly header: RegExp;
  /** After the last row like this; at the end of the table when there is none. */
  readonly after?: RegExp;
}

/**
 * Adds a row to a table of a Markdown text. Cells are not aligned; the formatter does that.
 *
 * @throws a plain Error when the text has no such table.
 */
export function addRow(markdown: string, { header, after }: RowPlace, cells: readonly string[]): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line, index) => header.test(line) && lines[index + 1]?.startsWith('| -'));
  if (start === -1) throw new Error(`no table has a header that matches ${String(header)}.`);

  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  const rowEnd = end === -1 ? lines.length : end;
  const like = lines.findLastIndex((line, index) => index > start + 1 && index < rowEnd && after?.test(line));

  return lines.toSpliced(like === -1 ? rowEnd : like + 1, 0, `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * Appends to a cell of the first row like this.
 *
 * @param cell - its number, from 1.
 * @throws a plain Error when no row is like that.
 */
export function appendToCell(markdown: string, row: RegExp, { cell, text }: { cell: number; text: string }): string {
  const lines = markdown.split('\n');
  const index = lines.findIndex((line) => row.test(line));
  const cells = lines[index]?.split(/(?<!\\)\|/);
  if (!cells?.[cell]) throw new Error(`no row matches ${String(row)}.`);

  cells[cell] = ` ${cells[cell].trim()}${text} `;
  return lines.with(index, cells.join('|')).join('\n');
}
