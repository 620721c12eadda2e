import type { Tree } from '@nx/devkit';
import { insertAfter } from './edits.ts';
import { entityNames, type EntityNames, type NewEntity } from './names.ts';

const packagesPage = 'docs/packages.md';

/** A new domain, its first entity, and its table. */
interface DocumentedDomain {
  readonly domain: string;
  readonly names: EntityNames;
  readonly table: string;
}

/** Writes the two libraries of a new domain into the page of packages: a row each, and their names in the picture. */
export function documentPackages(tree: Tree, { domain, names: { Class }, table }: DocumentedDomain): void {
  const gives = { entities: `${Class}, its requests; the ${table} table`, dao: `\`${Class}Dao\`` };

  for (const layer of ['entities', 'dao'] as const) {
    const row = `| \`${layer}-${domain}\` | ${layer} | ${domain} | ${gives[layer]} |\n`;

    insertAfter(tree, packagesPage, [new RegExp(`(^\\|[^|]+\\| ${layer} +\\|.*\\n)+`, 'm'), row]);
    insertAfter(tree, packagesPage, [new RegExp(`^ +${layer}\\["${layer}<br/>[^"]*`, 'm'), `, ${layer}-${domain}`]);
  }
}

/** Adds one more entity to what the two libraries of its domain give. */
export function documentEntityOfPackages(tree: Tree, domain: string, { Class }: EntityNames): void {
  const rowOf = (library: string) => new RegExp(`^\\| \`${library}\` .*\\S(?= *\\|$)`, 'm');

  insertAfter(tree, packagesPage, [rowOf(`entities-${domain}`), `; ${Class}`]);
  insertAfter(tree, packagesPage, [rowOf(`dao-${domain}`), `; \`${Class}Dao\``]);
}

/** Writes an entity into the documents that list all of them: its item and access patterns into the data model, its guards into idempotency. */
export function documentEntity(tree: Tree, table: string, names: NewEntity): void {
  const { owned, words, WordsPlural, CONST, prop, Class } = names;
  const mappers = `\`to${Class}Item\`, \`from${Class}Item\``;
  const [pk, sk] = owned ? ['OWNER#<owner>', `${CONST}#<${prop}Id>`] : [`${CONST}#<${prop}Id>`, CONST];
  const item = `| ${words} | ${table} | \`${pk}\` | \`${sk}\` | ${mappers} |\n`;
  const list = `| of an owner: \`get${entityNames(names.filePlural).Class}\` | Query \`${pk}\` / \`${CONST}#…\`, consistent | by page |\n`;
  const patterns = `### ${WordsPlural}

| pattern, method | request | cost |
| --------------- | ------- | ---- |
| new ${words}: \`create${Class}\` | PutItem if absent | 1 WU |
| one ${words}: \`get${Class}\`, \`find${Class}\` | GetItem \`${pk}\` / \`${sk}\`, consistent | 1 RU |
| name, status: \`update${Class}\` | UpdateItem if \`version\` is the expected one | 1 WU |
${owned ? list : ''}
`;
  const guards = { create: 'put of the item', update: 'the item, if it has the version that was read' };

  insertAfter(tree, 'docs/data-model.md', [/^\| item +\| table.*\n(\|.*\n)+/m, item]);
  insertAfter(tree, 'docs/data-model.md', [/^[^]*\n(?=### Across domains\n)/, patterns]);
  for (const [verb, guard] of Object.entries(guards)) {
    const methods = new RegExp(`^\\|.*\\S(?= +\\| ${guard} +\\|)`, 'm');
    insertAfter(tree, 'docs/idempotency.md', [methods, `, \`${Class}Dao.${verb}${Class}\``]);
  }
}
