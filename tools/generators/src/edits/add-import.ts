import type { Tree } from '@nx/devkit';
import { readText } from './read-text.ts';

/** A name that a source file is to import. */
export interface AddedImport {
  /** The module, such as `@cnop/dao-coupon`. */
  readonly from: string;
  /** As it is written: `getCouponDao`, or `* as couponModel` for all that the module exports. */
  readonly name: string;
}

/**
 * Adds an import to a source file: to the one of that module, or as a statement before the first whose module sorts after it.
 *
 * @throws a plain Error when the file imports nothing.
 */
export function addImport(tree: Tree, path: string, { from, name }: AddedImport): void {
  const content = readText(tree, path);
  const statements = [...content.matchAll(/^import [^;]* from '([^']+)';$/gm)];
  const last = statements.at(-1);
  if (last === undefined) throw new Error(`${path} cannot be extended: it imports nothing.`);

  const same = statements.find(([text, module]) => module === from && text.startsWith('import {'));
  if (same && !name.startsWith('*')) {
    const extended = same[0].replace(/,?\s*\} from /, () => `, ${name} } from `);
    tree.write(
      path,
      content.replace(same[0], () => extended),
    );
    return;
  }

  const next = statements.find(([, module = '']) => orderOf(module) > orderOf(from));
  const index = next?.index ?? last.index + last[0].length + 1;
  const statement = `import ${name.startsWith('*') ? name : `{ ${name} }`} from '${from}';\n`;
  tree.write(path, content.slice(0, index) + statement + content.slice(index));
}

/** Packages first, then modules of the same package, those further away before the nearer ones. */
const orderOf = (module: string): string => (module.startsWith('.') ? `~${module}` : module);
