import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addEntity } from './add-entity.ts';
import { documentEntityOfPackages } from './documents.ts';
import { domainsOf, linkPackages } from './libraries.ts';
import { assertNotReserved, entityNames, pluralOf } from './names.ts';

/** What `nx g @cnop/tools:entity` is asked for. */
export interface EntityOptions {
  readonly name: string;
  readonly domain: string;
  readonly plural?: string;
  /** Whether each one has an owner. Default false. */
  readonly owner?: boolean;
}

/**
 * One more entity in a domain.
 *
 * @throws a plain Error when a name cannot be used, the domain is missing or has the entity; nothing is changed then.
 */
export default async function generateEntity(tree: Tree, options: EntityOptions): Promise<GeneratorCallback> {
  const { name, domain, plural = pluralOf(name), owner = false } = options;
  for (const each of [name, plural]) assertNotReserved(each);
  const domains = domainsOf(tree);
  if (!domains.includes(domain)) {
    throw new Error(`There is no domain '${domain}'. There are: ${domains.join(', ')}.`);
  }

  const names = entityNames(name, plural);
  addEntity(tree, domain, { ...names, owned: owner });
  documentEntityOfPackages(tree, domain, names);
  await formatFiles(tree);
  return linkPackages(tree);
}
