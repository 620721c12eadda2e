import { join } from 'node:path';
import { generateFiles, updateJson, type Tree } from '@nx/devkit';
import { addExports, addImport, insertAfter, readText } from './edits.ts';
import { entityNames, type NewEntity } from './names.ts';
import type { DomainTable } from './table-of.ts';

/** An app that is to serve an entity, and the table in which that is stored. */
export interface NewRoute extends DomainTable {
  readonly app: string;
  readonly domain: string;
}

/** The apps that have routes, by name. */
const appsOf = (tree: Tree): string[] =>
  tree
    .children('apps')
    .filter((app) => tree.exists(definitionOf(app)))
    .sort();

/** Where an app says which tables it has, and composes its routes. */
const definitionOf = (app: string): string => `apps/${app}/src/${app}.ts`;

/**
 * Refuses an app that is missing, or that has routes of that name.
 *
 * @throws a plain Error that says which apps there are, or which file has the name.
 */
export function assertRouteFree(tree: Tree, app: string, { file, wordsPlural }: NewEntity): void {
  const apps = appsOf(tree);
  if (!apps.includes(app)) throw new Error(`There is no app '${app}'. There are: ${apps.join(', ')}.`);
  for (const path of [
    `apps/${app}/src/${file}-routes.ts`,
    `apps/${app}/tests/integration/${file}.integration.test.ts`,
  ]) {
    if (tree.exists(path)) throw new Error(`The app ${app} cannot serve ${wordsPlural}: it has ${path} already.`);
  }
}

/** Lets an app serve an entity: its routes, where the app composes them, its table, and a test that sends requests. */
export function addRoute(tree: Tree, names: NewEntity, { app, domain, table, shape }: NewRoute): void {
  const { file, prop, Class, filePlural } = names;
  const { prop: plural, Class: Plural } = entityNames(filePlural);
  const { prop: service } = entityNames(app);
  const support = app.replace(/-service$/, '-app');
  const definition = definitionOf(app);
  const substitutions = {
    ...names,
    plural,
    Plural,
    app,
    domain,
    service,
    support,
    useApp: `use${entityNames(support).Class}`,
  };

  generateFiles(tree, join(import.meta.dirname, 'files/route'), `apps/${app}`, substitutions);
  addExports(tree, `apps/${app}/src/index.ts`, {
    from: `./${file}-routes.ts`,
    names: [`${prop}Routes`, `type ${Class}RoutesOptions`],
  });
  addImport(tree, definition, { from: `@cnop/dao-${domain}`, name: `get${Class}Dao` });
  addImport(tree, definition, { from: `./${file}-routes.ts`, name: `${prop}Routes` });
  insertAfter(tree, definition, [
    /^( *)addRoutes: async \(service\) => \{\n[^]*?(?=^\1\},$)/m,
    `await service.register(${prop}Routes, { ${plural}: get${Class}Dao(database) });\n`,
  ]);
  addTable(tree, definition, { domain, shape, list: /^ *tables: \[[^\]]*(?=\])/m });
  addTableOfTests(tree, { app, domain, table, shape });
  for (const library of [`@cnop/dao-${domain}`, `@cnop/entities-${domain}`]) addDependency(tree, app, library);
}

/** Adds a table to the list of a file, if it is not in it. */
function addTable(
  tree: Tree,
  path: string,
  { domain, shape, list }: { readonly domain: string; readonly shape: string; readonly list: RegExp },
): void {
  if (list.exec(readText(tree, path))?.[0].includes(shape)) return;

  addImport(tree, path, { from: `@cnop/entities-${domain}/shape`, name: shape });
  insertAfter(tree, path, [list, `, ${shape}`]);
}

/** Gives the tests of an app the table, if they have it not: they make it, and name it in the environment. */
function addTableOfTests(tree: Tree, { app, domain, table, shape }: NewRoute): void {
  const folder = `apps/${app}/tests/support`;
  const tables = /isolatedTables\(\[[^\]]*(?=\])/;
  const path = tree
    .children(folder)
    .map((file) => `${folder}/${file}`)
    .find((each) => tables.test(readText(tree, each)));
  if (path === undefined) throw new Error(`${folder} has no isolatedTables([…]) that could take the table ${table}.`);
  if (readText(tree, path).includes(shape)) return;

  addTable(tree, path, { domain, shape, list: /^(export )?const shapes = \[[^\]]*(?=\])/m });
  insertAfter(tree, path, [tables, `, '${table}'`]);
  insertAfter(tree, path, [
    /( +CNOP_TABLE_\w+: tables\b.*\n)+/,
    `${variableOf(table)}: tables${/^\w+$/.test(table) ? `.${table}` : `['${table}']`},\n`,
  ]);
}

const variableOf = (table: string): string => `CNOP_TABLE_${entityNames(table).CONST}`;

/** Any version of a package of the workspace, sorted as npm sorts them. */
function addDependency(tree: Tree, app: string, library: string): void {
  updateJson<{ dependencies: Record<string, string> }>(tree, `apps/${app}/package.json`, (manifest) => {
    const dependencies = Object.entries({ ...manifest.dependencies, [library]: '*' });

    return { ...manifest, dependencies: Object.fromEntries(dependencies.sort(([a], [b]) => (a < b ? -1 : 1))) };
  });
}

/** What is left to the developer, in words: what a service may send is never widened without being read. */
export function nextSteps({ owned, wordsPlural }: NewEntity, { app, table }: NewRoute): string {
  const actions = ['DescribeTable', 'GetItem', 'PutItem', ...(owned ? ['Query'] : [])].join(', ');

  return `Next, for the routes of ${wordsPlural} in ${app}:
- permit ${actions} on the table ${table} where ${app} may not yet: tools/iam/src/roles.ts, then npm run docs
- send each of their requests in the flow of ${app}: tools/iam/tests/support/service-flows.ts
- name ${variableOf(table)} in apps/${app}/README.md, if it is new there
- serve them in the local stack: tools/local-stack/src/create-stack-service.ts
`;
}
