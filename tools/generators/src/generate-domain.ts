import { formatFiles, names as formsOf, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addEntity, errorsOf } from './add-entity.ts';
import { documentPackages } from './documents.ts';
import { addLibrary, addManifest, linkPackages } from './libraries.ts';
import { assertNotReserved, entityNames, pluralOf } from './names.ts';

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
  for (const name of [domain, entity, plural]) assertNotReserved(name);
  for (const library of [`entities-${domain}`, `dao-${domain}`]) {
    if (tree.exists(`libs/${library}`)) throw new Error(`There is a library ${library} already.`);
  }

  const names = entityNames(entity, plural);
  const { wordsPlural, Class, filePlural } = names;
  const table = entity === domain ? plural : domain;
  const shape = `${formsOf(table).propertyName}TableShape`;
  const libraries = [
    { layer: 'entities', description: `Entities of CNOP: ${wordsPlural}, their table schemas, factories.` },
    { layer: 'dao', description: `${Class}Dao of CNOP: ${wordsPlural} over DynamoDB.` },
  ] as const;

  for (const { layer } of libraries) {
    addLibrary(tree, { layer, domain }, { ...names, domain, table, shape, errors: errorsOf(domain) });
  }
  addEntity(tree, domain, { ...names, owned: false });
  for (const library of libraries) addManifest(tree, { ...library, domain, keyword: filePlural });
  documentPackages(tree, { domain, names, table });
  await formatFiles(tree);
  return linkPackages(tree);
}
