import type { Tree } from '@nx/devkit';

/** What an index file exports of one module. */
export interface ModuleExports {
  /** The module, such as `./price-alert.ts`. */
  readonly from: string;
  /** What is named, as it is written: `priceAlertSchema`, `type PriceAlert`. */
  readonly names: readonly string[];
}

/** Adds exports to an index file, each before the first statement whose module sorts after it. Makes the file if there is none. */
export function addExports(tree: Tree, path: string, added: readonly ModuleExports[]): void {
  let content = tree.read(path, 'utf8') ?? '';

  for (const { from, names } of added) {
    const statements = [...content.matchAll(/^export [^;]* from '([^']+)';$/gm)];
    const next = statements.find(([, module = '']) => module > from);
    const index = next?.index ?? content.length;

    content = `${content.slice(0, index)}${statementOf(from, names)}\n${content.slice(index)}`;
  }
  tree.write(path, content);
}

function statementOf(from: string, names: readonly string[]): string {
  const areTypes = names.every((name) => name.startsWith('type '));
  const listed = areTypes ? names.map((name) => name.replace('type ', '')) : names;

  return `export ${areTypes ? 'type ' : ''}{ ${listed.join(', ')} } from '${from}';`;
}
