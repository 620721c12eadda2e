import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { documentPackages } from '../docs/document-packages.ts';
import { addEntity } from '../entity/add-entity.ts';
import { assertEntityNames, assertName } from '../names/assert-name.ts';
import { entityNames, pluralOf } from '../names/entity-names.ts';
import { linkPackages } from '../workspace/link-packages.ts';
import { addDomain } from './add-domain.ts';

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
