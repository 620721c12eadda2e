import type { Tree } from '@nx/devkit';
import { addExports } from '../edits/add-exports.ts';
import type { EntityNames } from '../names/entity-names.ts';

/** Makes an entity public: its model, how it is stored, its factories, and its DAO. */
export function exportEntity(tree: Tree, domain: string, { file, prop, Class }: EntityNames): void {
  const entities = `libs/entities-${domain}/src`;

  addExports(tree, `${entities}/index.ts`, [
    { from: `./${file}-create.ts`, names: [`new${Class}`, `${prop}CreateSchema`, `type ${Class}Create`] },
    { from: `./${file}-id.ts`, names: [`${prop}IdSchema`] },
    {
      from: `./${file}-list-response.ts`,
      names: [`to${Class}ListResponse`, `${prop}ListResponseSchema`, `type ${Class}ListResponse`, `type ${Class}Page`],
    },
    { from: `./${file}-response.ts`, names: [`to${Class}Response`, `${prop}ResponseSchema`, `type ${Class}Response`] },
    { from: `./${file}-status.ts`, names: [`${prop}StatusSchema`, `${Class}Status`] },
    { from: `./${file}-update.ts`, names: [`${prop}UpdateSchema`, `type ${Class}Update`] },
    { from: `./${file}.ts`, names: [`${prop}Schema`, `type ${Class}`] },
  ]);
  addExports(tree, `${entities}/table/index.ts`, [
    {
      from: `./${file}-item.ts`,
      names: [
        `from${Class}Item`,
        `${prop}ItemSchema`,
        `${prop}Key`,
        `to${Class}Item`,
        `type ${Class}Item`,
        `type ${Class}Stamp`,
      ],
    },
  ]);
  addExports(tree, `${entities}/testing/index.ts`, [
    { from: `./make-${file}-create.ts`, names: [`make${Class}Create`] },
    { from: `./make-${file}.ts`, names: [`make${Class}`] },
  ]);
  addExports(tree, `libs/dao-${domain}/src/index.ts`, [
    { from: `./${file}-dao.ts`, names: [`${Class}Dao`, `type ${Class}DaoOptions`] },
    { from: `./${file}-inputs.ts`, names: [`type ${Class}Change`, `type New${Class}`] },
    { from: `./${file}-list.ts`, names: [`type ${Class}List`] },
    { from: `./get-${file}-dao.ts`, names: [`get${Class}Dao`] },
  ]);
}
