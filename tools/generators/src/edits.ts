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

/** What an index file exports of one module: `./price-alert.ts`, and of it `priceAlertSchema`, `type PriceAlert`. */
interface ModuleExports {
  readonly from: string;
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

/** Imports a name into a file: with what it imports from there already, else in a statement of its own, at its place among the others. */
export function addImport(
  tree: Tree,
  path: string,
  { from, name }: { readonly from: string; readonly name: string },
): void {
  const text = readText(tree, path);
  const statements = [...text.matchAll(/^import ([^;]*) from '([^']+)';\n/gm)];
  const same = statements.find(([, names = '', module]) => module === from && names.startsWith('{'));
  if (same) {
    const [statement, names = ''] = same;
    if (names.split(/\W+/).includes(name)) return;

    const merged = statement.replace(/,?\s*\}/, () => `, ${name} }`);
    tree.write(
      path,
      text.replace(statement, () => merged),
    );
    return;
  }
  const last = statements.at(-1);
  const index =
    statements.find(([, , module = '']) => placeOf(module) > placeOf(from))?.index ??
    (last ? last.index + last[0].length : 0);

  tree.write(path, `${text.slice(0, index)}import { ${name} } from '${from}';\n${text.slice(index)}`);
}

/** Packages come before files. */
const placeOf = (module: string): string => (module.startsWith('.') ? `~${module}` : module);

/**
 * Inserts a text after the first part of a file that matches. Columns and lines are not aligned; the formatter does that.
 *
 * @throws a plain Error that names the file when nothing matches.
 */
export function insertAfter(
  tree: Tree,
  path: string,
  [place, inserted]: readonly [place: RegExp, inserted: string],
): void {
  const text = readText(tree, path);
  if (!place.test(text)) throw new Error(`${path} cannot be extended: nothing in it matches ${String(place)}.`);

  tree.write(
    path,
    text.replace(place, (found) => found + inserted),
  );
}
