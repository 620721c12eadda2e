import type { Tree } from '@nx/devkit';

/**
 * The text of a file that must be there.
 *
 * @throws a plain Error naming it when it is not.
 */
export function readText(tree: Tree, path: string): string {
  const text = tree.read(path, 'utf8');
  if (text === null) throw new Error(`${path} is missing, and the generator has to extend it.`);

  return text;
}

/** What an index file exports of one module. */
export interface ModuleExports {
  /** The module, such as `./price-alert.ts`. */
  readonly from: string;
  /** What is named, as it is written: `priceAlertSchema`, `type PriceAlert`. */
  readonly names: readonly string[];
}

/** Adds an export to an index file, before the first statement whose module sorts after it. Makes the file if there is none. */
export function addExports(tree: Tree, path: string, { from, names }: ModuleExports): void {
  const content = tree.read(path, 'utf8') ?? '';
  const statements = [...content.matchAll(/^export [^;]* from '([^']+)';$/gm)];
  const index = statements.find(([, module = '']) => module > from)?.index ?? content.length;
  const statement = `export { ${names.join(', ')} } from '${from}';\n`;

  tree.write(path, content.slice(0, index) + statement + content.slice(index));
}

/** An entry, and the list or object that it belongs to. */
export interface AddedEntry {
  /** Matches the beginning of the list, up to its opening bracket. */
  readonly opening: RegExp;
  /** What it is known by. */
  readonly name: string;
  /** The entry as it is written, without a comma after it. */
  readonly entry: string;
}

/** Brackets, and what may have some that do not count. */
const token = /'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[^]*?\*\/|\/\/.*|[[\](){}]/g;

/**
 * Appends an entry to a list or an object in a source file.
 *
 * @throws a plain Error naming the file when the list is not there, or has something of that name already.
 */
export function appendEntry(tree: Tree, path: string, { opening, name, entry }: AddedEntry): void {
  const content = readText(tree, path);
  const found = opening.exec(content);
  if (!found) throw new Error(`${path} cannot be extended: nothing in it matches ${String(opening)}.`);

  const start = found.index + found[0].length;
  const end = endOfList(content, start);
  if (new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(content.slice(start, end))) {
    throw new Error(`${path} cannot be extended: it has ${name} already.`);
  }

  const before = content.slice(0, end).trimEnd();
  const separator = /[[{(,]\s*(\/\/.*)?$/.test(before) ? '' : ',';
  tree.write(path, `${before}${separator}\n${entry},\n${content.slice(end)}`);
}

/** Where the list that was opened before `start` is closed. */
function endOfList(content: string, start: number): number {
  let depth = 1;

  for (const { 0: text, index } of content.slice(start).matchAll(token)) {
    if (/^[[({]$/.test(text)) depth += 1;
    if (/^[\])}]$/.test(text)) depth -= 1;
    if (depth === 0) return start + index;
  }
  return content.length;
}

/**
 * Rewrites a document by edits that each take its text and give the next.
 *
 * @throws a plain Error that names the document when an edit does not find its place.
 */
export function editDocument(tree: Tree, path: string, edits: readonly ((text: string) => string)[]): void {
  const text = readText(tree, path);

  try {
    tree.write(
      path,
      edits.reduce((edited, edit) => edit(edited), text),
    );
  } catch (cause) {
    throw new Error(`${path} cannot be extended: ${(cause as Error).message}`, { cause });
  }
}

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
