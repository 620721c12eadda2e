import { join } from 'node:path';
import { formatFiles, generateFiles, names as formsOf, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addEntity, daoDependencies, entitiesDependencies } from './add-entity.ts';
import { documentPackages } from './documents.ts';
import { readText } from './edits.ts';
import { addLibrary, linkPackages } from './libraries.ts';
import { assertEntityNames, assertName, entityNames, pluralOf, type EntityNames } from './names.ts';

/** What `nx g @cnop/tools:domain` is asked for. */
export interface DomainOptions {
  readonly name: string;
  /** Default: the name of the domain. */
  readonly entity?: string;
  readonly plural?: string;
}

/**
 * A new domain with its first entity.
 *
 * @throws a plain Error when a name cannot be used or there is such a domain or library already; nothing is changed then.
 */
export default async function generateDomain(tree: Tree, options: DomainOptions): Promise<GeneratorCallback> {
  const { name: domain, entity = domain, plural = pluralOf(entity) } = options;
  assertName('domain', domain);
  assertEntityNames(entity, plural);
  for (const library of [`entities-${domain}`, `dao-${domain}`]) {
    if (tree.exists(`libs/${library}`)) throw new Error(`There is a library ${library} already.`);
  }

  const names = entityNames(entity, plural);
  const table = entity === domain ? plural : domain;
  addDomain(tree, { domain, names, table });
  addEntity(tree, domain, names);
  documentPackages(tree, { domain, names, table });
  await formatFiles(tree);
  return linkPackages(tree);
}

/** A domain, its table, and the entity that its examples show. */
interface NewDomain {
  readonly domain: string;
  readonly names: EntityNames;
  readonly table: string;
}

/** Makes the two libraries of a domain, all but what belongs to its entities. */
function addDomain(tree: Tree, { domain, names, table }: NewDomain): void {
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
  for (const layer of ['entities', 'dao'] as const) {
    const library = `libs/${layer}-${domain}`;

    generateFiles(tree, join(import.meta.dirname, 'files/domain', layer), library, substitutions);
    const [, example = ''] = /```ts\n([^]*?)```/.exec(readText(tree, `${library}/README.md`)) ?? [];
    tree.write(`${library}/examples/readme.ts`, example);
  }
}
