import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { documentEntity } from './documents.ts';
import { addExports, appendEntry, readText } from './edits.ts';
import { addDependencies } from './libraries.ts';
import { entityNames, type EntityNames } from './names.ts';

/** What the generated sources of an entities library import. */
export const entitiesDependencies = [
  '@cnop/exceptions',
  '@cnop/stored-items',
  '@cnop/utils',
  '@cnop/validation',
  'dynamodb-toolbox',
  'zod',
] as const;

/** What the generated sources of a DAO library import. */
export const daoDependencies = (domain: string): readonly string[] => [
  '@cnop/database-core',
  `@cnop/entities-${domain}`,
  '@cnop/exceptions',
  '@cnop/validation',
  'dynamodb-toolbox',
  'zod',
];

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

  generateFiles(tree, join(import.meta.dirname, 'files/entity/entities'), `libs/entities-${domain}`, substitutions);
  generateFiles(tree, join(import.meta.dirname, 'files/entity/dao'), `libs/dao-${domain}`, substitutions);
  exportEntity(tree, domain, names);
  addIndex(tree, table, { name: index, sortKey: `${names.prop}Id` });
  addDependencies(tree, `entities-${domain}`, entitiesDependencies);
  addDependencies(tree, `dao-${domain}`, daoDependencies(domain));
  addErrors(tree, domain, names);
  addFuzz(tree, names);
  documentEntity(tree, { names, table: table.name, index });
}

/**
 * Refuses an entity whose name is taken: by a file or a key of its domain, or by the errors of another one.
 *
 * @throws a plain Error that says what has the name.
 */
function assertEntityFree(tree: Tree, domain: string, { file, words, CONST }: EntityNames): void {
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

/** Makes an entity public: its model, how it is stored, its factories, and its DAO. */
function exportEntity(tree: Tree, domain: string, { file, prop, Class }: EntityNames): void {
  const entities = `libs/entities-${domain}/src`;
  const schemas = ['', 'Create', 'Id', 'ListResponse', 'Response', 'Status', 'Update'];
  const types = ['', 'Create', 'ListResponse', 'Page', 'Response', 'Update'].map((name) => `type ${Class}${name}`);
  const functions = [`new${Class}`, `to${Class}ListResponse`, `to${Class}Response`, `${Class}Status`];

  addExports(tree, `${entities}/index.ts`, {
    from: `./${file}.ts`,
    names: [...functions, ...schemas.map((name) => `${prop}${name}Schema`), ...types],
  });
  addExports(tree, `${entities}/table/index.ts`, {
    from: `./${file}-item.ts`,
    names: [
      ...[`from${Class}Item`, `to${Class}Item`, `${prop}ItemSchema`, `${prop}Key`],
      ...[`type ${Class}Item`, `type ${Class}Stamp`],
    ],
  });
  addExports(tree, `${entities}/testing/index.ts`, {
    from: `./make-${file}.ts`,
    names: [`make${Class}`, `make${Class}Create`],
  });
  addExports(tree, `libs/dao-${domain}/src/index.ts`, {
    from: `./${file}-dao.ts`,
    names: [
      ...[`${Class}Dao`, `get${Class}Dao`],
      ...[`${Class}Change`, `${Class}DaoOptions`, `${Class}List`, `New${Class}`].map((name) => `type ${name}`),
    ],
  });
}

/** The table of a domain, as its entities library declares it. */
interface DomainTable {
  /** The file of the shape. */
  readonly path: string;
  /** The shape's variable, such as `ordersTableShape`. */
  readonly shape: string;
  /** The logical name, such as `orders`. */
  readonly name: string;
}

/**
 * Finds the table of a domain in `src/shape.ts` of its entities library.
 *
 * @throws a plain Error when the file declares none.
 */
function tableOfDomain(tree: Tree, domain: string): DomainTable {
  const path = `libs/entities-${domain}/src/shape.ts`;
  const [, shape, name] = /export const (\w+TableShape)\b[^=]*= \{\s*name: '([^']+)'/.exec(readText(tree, path)) ?? [];
  if (shape === undefined || name === undefined) {
    throw new Error(`${path} declares no table that could take one more entity.`);
  }

  return { path, shape, name };
}

/**
 * Adds the index of an entity's items by status to a table's shape.
 *
 * @throws a plain Error when the shape has no list of indexes, or has that one.
 */
function addIndex(tree: Tree, { path }: DomainTable, { name, sortKey }: { name: string; sortKey: string }): void {
  appendEntry(tree, path, {
    opening: /\bindexes: \[/,
    name,
    entry: `{ name: '${name}', partitionKey: { name: 'status', type: 'S' }, sortKey: { name: '${sortKey}', type: 'S' }, projection: 'ALL' }`,
  });
}

/** What the errors of a domain are exported as: `inventoryErrors`. */
const errorsOf = (domain: string): string => `${entityNames(domain).prop}Errors`;

/**
 * Adds the errors of an entity, not found and already exists, to those of its domain.
 *
 * @throws a plain Error when the domain has errors of that name, or its list of errors is not where it was.
 */
function addErrors(tree: Tree, domain: string, { Class, CONST, prop, words, A }: EntityNames): void {
  const source = `libs/entities-${domain}/src`;
  const path = `${source}/errors.ts`;
  const opening = new RegExp(`^export const ${errorsOf(domain)} = defineErrors\\(\\{`, 'm');

  if (!tree.exists(path)) {
    tree.write(
      path,
      `import { defineErrors } from '@cnop/exceptions';\n\n` +
        `/** The errors of the domain ${domain}. */\nexport const ${errorsOf(domain)} = defineErrors({\n});\n`,
    );
    addExports(tree, `${source}/index.ts`, { from: './errors.ts', names: [errorsOf(domain)] });
  }
  const message = `({ ${prop}Id }: { readonly ${prop}Id: string }) =>`;
  const errors = {
    [`${Class}NotFoundError`]: `code: '${CONST}_NOT_FOUND',
    status: 404,
    title: 'There is no such ${words}.',
    advice: 'Check the id.',
    message: ${message} \`there is no ${words} \${${prop}Id}\`,`,
    [`${Class}ExistsError`]: `code: '${CONST}_EXISTS',
    status: 409,
    title: 'The ${words} already exists.',
    advice: 'Update the ${words}, or choose another id.',
    message: ${message} \`the ${words} \${${prop}Id} already exists\`,`,
  };
  const comments = [`No ${words} has that id.`, `${A} ${words} already has that id.`];
  for (const [index, [name, entry]] of Object.entries(errors).entries()) {
    appendEntry(tree, path, {
      opening,
      name,
      entry: `  /** ${comments[index] ?? ''} */\n  ${name}: {\n    ${entry}\n  }`,
    });
  }
}

/** Gives the fuzz tests what the methods of the DAO of an entity accept; its schemas and its items they find and fill themselves. */
function addFuzz(tree: Tree, { prop, Class, ClassPlural }: EntityNames): void {
  const id = `exampleOf('${prop}IdSchema')`;

  appendEntry(tree, 'tools/fuzz/tests/unit/methods.test.ts', {
    opening: /^const calls\b[^=]*= \{/m,
    name: `${Class}Dao`,
    entry: `${Class}Dao: {
      create${Class}: [exampleOf('${prop}CreateSchema')],
      find${Class}: [${id}],
      get${Class}: [${id}],
      get${ClassPlural}: [{ status: 'ACTIVE', ...page }],
      update${Class}: [{ ${prop}Id: ${id}, expectedVersion: 1, changes: exampleOf('${prop}UpdateSchema') }],
    }`,
  });
}
