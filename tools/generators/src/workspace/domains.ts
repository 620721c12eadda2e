import type { Tree } from '@nx/devkit';

const prefix = 'entities-';

/** The domains that have an entities library and a DAO library, by name. */
export function domainsOf(tree: Tree): string[] {
  return tree
    .children('libs')
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter(
      (domain) => tree.exists(`libs/${prefix}${domain}/package.json`) && tree.exists(`libs/dao-${domain}/package.json`),
    )
    .sort();
}
