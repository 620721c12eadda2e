import type { Tree } from '@nx/devkit';
import { readText } from '../edits/read-text.ts';

const path = 'eslint.config.mjs';
const list = /^const domains = \[([^\]]*)\];$/m;

/**
 * Makes the domain known to lint, which then keeps it apart from the others.
 *
 * @throws a plain Error when lint knows it already, or its list of domains is not there.
 */
export function addDomainTag(tree: Tree, domain: string): void {
  const content = readText(tree, path);
  const domains = list
    .exec(content)?.[1]
    ?.split(',')
    .map((name) => name.trim().replaceAll("'", ''));
  if (!domains?.includes('shared')) throw new Error(`${path} cannot be extended: it has no list of domains.`);
  if (domains.includes(domain)) throw new Error(`There is a domain ${domain} already: ${path} knows it.`);

  const extended = [...domains.filter((name) => name !== 'shared' && name !== ''), domain, 'shared'];
  tree.write(
    path,
    content.replace(list, () => `const domains = [${extended.map((name) => `'${name}'`).join(', ')}];`),
  );
}
