import { formatFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addEntity } from './add-entity.ts';
import { addRoute, assertRouteFree, nextSteps } from './add-route.ts';
import { documentEntityOfPackages } from './documents.ts';
import { domainsOf, linkPackages } from './libraries.ts';
import { assertNotReserved, entityNames, pluralOf } from './names.ts';
import { tableOf } from './table-of.ts';

/** What `nx g @cnop/tools:entity` is asked for. */
export interface EntityOptions {
  readonly name: string;
  readonly domain: string;
  readonly plural?: string;
  /** Whether each one has an owner. Default false. */
  readonly owner?: boolean;
  /** The app that serves it over HTTP. Default: none does. */
  readonly route?: string;
}

/**
 * One more entity in a domain.
 *
 * @throws a plain Error when a name cannot be used, the domain is missing or has the entity, the app is missing or has such routes;
 * nothing is changed then.
 */
export default async function generateEntity(tree: Tree, options: EntityOptions): Promise<GeneratorCallback> {
  const { name, domain, plural = pluralOf(name), owner = false, route: app } = options;
  for (const each of [name, plural]) assertNotReserved(each);
  const domains = domainsOf(tree);
  if (!domains.includes(domain)) {
    throw new Error(`There is no domain '${domain}'. There are: ${domains.join(', ')}.`);
  }

  const names = { ...entityNames(name, plural), owned: owner };
  if (app !== undefined) assertRouteFree(tree, app, names);
  addEntity(tree, domain, names);
  documentEntityOfPackages(tree, domain, names);
  const route = app !== undefined && { app, domain, ...tableOf(tree, domain) };
  if (route) addRoute(tree, names, route);
  await formatFiles(tree);

  const link = linkPackages(tree);
  return async () => {
    await link();
    if (route) logger.info(nextSteps(names, route));
  };
}
