import type { Tree } from '@nx/devkit';
import { readText } from '../edits/read-text.ts';
import type { EntityNames } from '../names/entity-names.ts';

/**
 * Refuses an entity whose name is taken: by a file or a key of its domain, or by the errors of another one.
 *
 * @throws a plain Error that says what has the name.
 */
export function assertEntityFree(tree: Tree, domain: string, { file, words, CONST }: EntityNames): void {
  const source = `libs/entities-${domain}/src`;
  if (tree.exists(`${source}/${file}.ts`) || tree.exists(`libs/dao-${domain}/src/${file}-dao.ts`)) {
    throw new Error(`The domain ${domain} has the entity ${words} already.`);
  }

  const keys = tree
    .children(`${source}/table`)
    .find((name) => readText(tree, `${source}/table/${name}`).includes(`${CONST}#`));
  if (keys !== undefined) {
    throw new Error(
      `Keys in the table of the domain ${domain} begin with ${CONST}# already: see ${source}/table/${keys}.`,
    );
  }

  const errors = tree
    .children('libs')
    .map((library) => `libs/${library}/src/errors.ts`)
    .find((path) => new RegExp(`'${CONST}_(NOT_FOUND|EXISTS)'`).test(tree.read(path, 'utf8') ?? ''));
  if (errors !== undefined) {
    throw new Error(
      `The name ${words} is taken: ${errors} has an error ${CONST}_NOT_FOUND or ${CONST}_EXISTS already.`,
    );
  }
}
