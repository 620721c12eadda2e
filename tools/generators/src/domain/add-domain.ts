import { join } from 'node:path';
import { generateFiles, names as formsOf, type Tree } from '@nx/devkit';
import { daoDependencies, entitiesDependencies } from '../entity/entity-dependencies.ts';
import type { EntityNames } from '../names/entity-names.ts';
import { addLibrary } from '../workspace/add-library.ts';

/** A domain, its table, and the entity that its examples show. */
export interface NewDomain {
  readonly domain: string;
  readonly names: EntityNames;
  readonly table: string;
}

/** Makes the two libraries of a domain, all but what belongs to its entities. */
export function addDomain(tree: Tree, { domain, names, table }: NewDomain): void {
  const { Words, WordsPlural, Class, filePlural } = names;
  const shape = `${formsOf(table).propertyName}TableShape`;
  const substitutions = { ...names, domain, table, shape };
  const keywords = ['cnop', 'dynamodb'];

  addLibrary(tree, {
    layer: 'entities',
    domain,
    description: `${Words} entities of CNOP: domain model, table schemas, factories.`,
    keywords: [...keywords, 'entities', filePlural],
    dependencies: entitiesDependencies,
  });
  addLibrary(tree, {
    layer: 'dao',
    domain,
    description: `${Class}Dao of CNOP: ${WordsPlural.toLowerCase()} over DynamoDB.`,
    keywords: [...keywords, 'dao', filePlural],
    dependencies: daoDependencies(domain),
  });
  generateFiles(tree, join(import.meta.dirname, 'files/entities'), `libs/entities-${domain}`, substitutions);
  generateFiles(tree, join(import.meta.dirname, 'files/dao'), `libs/dao-${domain}`, substitutions);
}
