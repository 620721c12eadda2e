import type { Tree } from '@nx/devkit';
import { readText } from './edits.ts';

/** The table of a domain: its name, and what its shape is exported as. */
export interface DomainTable {
  readonly table: string;
  readonly shape: string;
}

/**
 * The table of a domain.
 *
 * @throws a plain Error when the domain declares none.
 */
export function tableOf(tree: Tree, domain: string): DomainTable {
  const [, shape, table] =
    /export const (\w+TableShape)\b[^=]*= \{\s*name: '([^']+)'/.exec(
      readText(tree, `libs/entities-${domain}/src/shape.ts`),
    ) ?? [];
  if (shape === undefined || table === undefined) {
    throw new Error(`The domain ${domain} declares no table that could take one more entity.`);
  }

  return { table, shape };
}
