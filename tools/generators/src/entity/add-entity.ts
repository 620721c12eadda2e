import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { documentEntity } from '../docs/document-entity.ts';
import { addErrors, errorsOf } from '../errors/add-errors.ts';
import type { EntityNames } from '../names/entity-names.ts';
import { addDependencies } from '../workspace/add-dependencies.ts';
import { addIndex, tableOfDomain } from '../workspace/domain-table.ts';
import { addFuzz } from './add-fuzz.ts';
import { assertEntityFree } from './assert-entity-free.ts';
import { daoDependencies, entitiesDependencies } from './entity-dependencies.ts';
import { exportEntity } from './export-entity.ts';

/**
 * Puts an entity into the libraries, the table, the errors and the documents of its domain, and into the fuzz tests.
 *
 * @throws a plain Error when the domain or another one has it already, or a file is not as it must be to take it.
 */
export function addEntity(tree: Tree, domain: string, names: EntityNames): void {
  assertEntityFree(tree, domain, names);
  const table = tableOfDomain(tree, domain);
  const index = `${names.propPlural}ByStatus`;
  const substitutions = {
    ...names,
    domain,
    errors: errorsOf(domain),
    table: table.name,
    shape: table.shape,
    index,
  };

  generateFiles(tree, join(import.meta.dirname, 'files/entities'), `libs/entities-${domain}`, substitutions);
  generateFiles(tree, join(import.meta.dirname, 'files/dao'), `libs/dao-${domain}`, substitutions);
  exportEntity(tree, domain, names);
  addIndex(tree, table, { name: index, sortKey: `${names.prop}Id` });
  addDependencies(tree, `entities-${domain}`, entitiesDependencies);
  addDependencies(tree, `dao-${domain}`, daoDependencies(domain));
  addErrors(tree, domain, names);
  addFuzz(tree, names);
  documentEntity(tree, { names, table: table.name, index });
}
