import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { documentEntity } from './documents.ts';
import { addExports, insertAfter } from './edits.ts';
import { entityNames, type EntityNames, type NewEntity } from './names.ts';
import { tableOf } from './table-of.ts';

/**
 * Puts an entity into the libraries, the errors and the documents of its domain, and into the fuzz tests.
 *
 * @throws a plain Error when the domain or another one has it already, or a file is not as it must be to take it.
 */
export function addEntity(tree: Tree, domain: string, names: NewEntity): void {
  assertEntityFree(tree, domain, names);
  const { table, shape } = tableOf(tree, domain);
  const substitutions = { ...names, ...keyOf(names), domain, errors: errorsOf(domain), table, shape };
  for (const layer of ['entities', 'dao']) {
    generateFiles(tree, join(import.meta.dirname, 'files/entity', layer), `libs/${layer}-${domain}`, substitutions);
  }
  exportEntity(tree, domain, names);
  addErrors(tree, domain, names);
  addFuzz(tree, names);
  documentEntity(tree, table, names);
}

/** How the generated code names one: by its id, or by its owner and its id. */
const keyOf = ({ prop, Class, filePlural, owned }: NewEntity) => ({
  owned,
  Plural: entityNames(filePlural).Class,
  /** What finds one takes, and hands on. */
  ...(owned ? { param: `of: ${Class}Key`, arg: 'of' } : { param: `${prop}Id: string`, arg: `${prop}Id` }),
  /** What is handed to the function of keys, from variables. */
  key: owned ? `{ owner, ${prop}Id }` : `${prop}Id`,
  /** The same in tests, from an expression for the id. */
  ref: (id: string) => (owned ? `{ owner: 'ann', ${prop}Id: ${id} }` : id),
});

/**
 * Refuses an entity whose name is taken: by a file or a key of its domain, or by the errors or the DAO of any.
 *
 * @throws a plain Error that says what has the name.
 */
function assertEntityFree(tree: Tree, domain: string, { file, words, CONST, Class }: EntityNames): void {
  const source = `libs/entities-${domain}/src`;
  if (tree.exists(`${source}/${file}.ts`) || tree.exists(`libs/dao-${domain}/src/${file}-dao.ts`)) {
    throw new Error(`The domain ${domain} has the entity ${words} already.`);
  }

  const items = tree.children(`${source}/table`).map((name) => [`${source}/table/${name}`, `${CONST}#`] as const);
  const errors = tree
    .children('libs')
    .flatMap((library) =>
      ['NOT_FOUND', 'EXISTS'].map((end) => [`libs/${library}/src/errors.ts`, `'${CONST}_${end}'`] as const),
    );
  for (const [path, taken] of [...items, ...errors, [fuzzed, ` ${Class}Dao: {`] as const]) {
    if (tree.read(path, 'utf8')?.includes(taken))
      throw new Error(`The name ${words} is taken: ${path} has ${taken} already.`);
  }
}

/** What the errors of a domain are exported as: `inventoryErrors`. */
export const errorsOf = (domain: string): string => `${entityNames(domain).prop}Errors`;

/** Makes an entity public: its model, how it is stored, its factories, and its DAO. */
function exportEntity(tree: Tree, domain: string, { file, prop, Class, owned }: NewEntity): void {
  const entities = `libs/entities-${domain}/src`;
  const key = owned ? ['Key'] : [];

  addExports(tree, `${entities}/index.ts`, {
    from: `./${file}.ts`,
    names: [
      ...[`new${Class}`, `${Class}Status`],
      ...['', 'Create', 'Id', ...key, 'Update'].map((name) => `${prop}${name}Schema`),
      ...['', 'Create', ...key, 'Update'].map((name) => `type ${Class}${name}`),
    ],
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
      ...[`${Class}Change`, `${Class}DaoOptions`, ...(owned ? [`${Class}List`] : []), `New${Class}`].map(
        (name) => `type ${name}`,
      ),
    ],
  });
}

/** Adds the errors of an entity, not found and already exists, to those of its domain. */
function addErrors(tree: Tree, domain: string, { Class, CONST, prop, words, A }: EntityNames): void {
  const message = `({ ${prop}Id }: { readonly ${prop}Id: string }) =>`;

  const lastError = new RegExp(`^export const ${errorsOf(domain)} = defineErrors\\(\\{\\n[^]*?(?=^\\}\\);)`, 'm');

  insertAfter(tree, `libs/entities-${domain}/src/errors.ts`, [
    lastError,
    `  /** No ${words} has that id. */
  ${Class}NotFoundError: {
    code: '${CONST}_NOT_FOUND',
    status: 404,
    title: 'There is no such ${words}.',
    advice: 'Check the id.',
    message: ${message} \`there is no ${words} \${${prop}Id}\`,
  },
  /** ${A} ${words} already has that id. */
  ${Class}ExistsError: {
    code: '${CONST}_EXISTS',
    status: 409,
    title: 'The ${words} already exists.',
    advice: 'Update the ${words}, or choose another id.',
    message: ${message} \`the ${words} \${${prop}Id} already exists\`,
  },
`,
  ]);
}

/** What the methods of DAOs accept, for the fuzz tests. */
const fuzzed = 'tools/fuzz/tests/unit/methods.test.ts';

/** Gives the fuzz tests what the methods of the DAO of an entity accept; its schemas and its items they find and fill themselves. */
function addFuzz(tree: Tree, { prop, Class, filePlural, owned }: NewEntity): void {
  const id = `exampleOf('${prop}IdSchema')`;
  const key = owned ? `{ owner, ${prop}Id: ${id} }` : id;
  const list = owned ? `    get${entityNames(filePlural).Class}: [{ owner, ...page }],\n` : '';

  insertAfter(tree, fuzzed, [
    /^const calls\b[^=]*= \{\n[^]*?(?=^\};)/m,
    `  ${Class}Dao: {
    create${Class}: [exampleOf('${prop}CreateSchema')],
    find${Class}: [${key}],
    get${Class}: [${key}],
    update${Class}: [{ ${owned ? 'owner, ' : ''}${prop}Id: ${id}, expectedVersion: 1, changes: exampleOf('${prop}UpdateSchema') }],
${list}  },
`,
  ]);
}
