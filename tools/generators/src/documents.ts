import type { Tree } from '@nx/devkit';
import { addRow, appendToCell, editDocument } from './edits.ts';
import type { EntityNames } from './names.ts';

const page = 'docs/packages.md';

/** A new domain, as the page of packages shows it. */
interface DocumentedDomain {
  readonly domain: string;
  readonly names: EntityNames;
  readonly table: string;
}

/** Writes the two libraries of a new domain into the page of packages: a row each, and their names in the picture. */
export function documentPackages(tree: Tree, { domain, names, table }: DocumentedDomain): void {
  const gives = {
    entities: `${names.Class}, its requests and responses; the ${table} table`,
    dao: `\`${names.Class}Dao\``,
  };

  editDocument(
    tree,
    page,
    (['entities', 'dao'] as const).flatMap((layer) => {
      const cells = [`\`${layer}-${domain}\``, layer, domain, gives[layer]];

      return [
        (text: string) =>
          addRow(text, { header: /^\| package +\| layer/, after: new RegExp(`^\\|[^|]+\\| ${layer} +\\|`) }, cells),
        (text: string) => addToPicture(text, layer, domain),
      ];
    }),
  );
}

/** Adds one more entity to what the two libraries of its domain give. */
export function documentEntityOfPackages(tree: Tree, domain: string, { Class }: EntityNames): void {
  const rowOf = (library: string) => new RegExp(`^\\| \`${library}\` +\\|`);

  editDocument(tree, page, [
    (text) => appendToCell(text, rowOf(`entities-${domain}`), { cell: 4, text: `; ${Class}` }),
    (text) => appendToCell(text, rowOf(`dao-${domain}`), { cell: 4, text: `; \`${Class}Dao\`` }),
  ]);
}

function addToPicture(text: string, layer: string, domain: string): string {
  const box = new RegExp(`^( +${layer}\\["${layer}<br/>[^"]*)"`, 'm');
  if (!box.test(text)) throw new Error(`its picture has no box of the layer ${layer}.`);

  return text.replace(box, (_, names: string) => `${names}, ${layer}-${domain}"`);
}

/** Where an entity is stored. */
interface DocumentedEntity {
  readonly names: EntityNames;
  /** The logical name of its table. */
  readonly table: string;
  /** Its index by status. */
  readonly index: string;
}

/**
 * Writes an entity into the documents that list all of them: its item, attributes, index and access patterns into the data model,
 * its guards into the page on idempotency.
 *
 * @throws a plain Error when a document has lost the place where entities are listed.
 */
export function documentEntity(tree: Tree, { names, table, index }: DocumentedEntity): void {
  const { words, CONST, prop, Class, ClassPlural } = names;

  editDocument(tree, 'docs/data-model.md', [
    (text) =>
      addRow(text, { header: /^\| item +\| table/ }, [
        words,
        table,
        `\`${CONST}#<${prop}Id>\``,
        `\`${CONST}\``,
        `\`to${Class}Item\`, \`from${Class}Item\``,
      ]),
    (text) => before(text, '## Indexes', attributesText(names)),
    (text) =>
      addRow(text, { header: /^\| index +\| table/ }, [
        `\`${index}\``,
        table,
        '`status`',
        `\`${prop}Id\``,
        `\`get${ClassPlural}\``,
      ]),
    (text) => before(text, '### Across domains', accessPatternsText(names, index)),
    (text) => addRow(text, { header: /^\| item +\| attribute/ }, [words, '`description`', 'not given, or taken away']),
  ]);
  editDocument(tree, 'docs/idempotency.md', [
    (text) => appendToCell(text, /^\|.+\| put of the item +\|/, { cell: 1, text: `, \`${Class}Dao.create${Class}\`` }),
    (text) =>
      appendToCell(text, /^\|.+\| the item, if it has the version that was read +\|/, {
        cell: 1,
        text: `, \`${Class}Dao.update${Class}\``,
      }),
  ]);
}

function before(text: string, heading: string, section: string): string {
  if (!text.includes(`\n${heading}\n`)) throw new Error(`it has no section '${heading}'.`);

  return text.replace(`\n${heading}\n`, () => `\n${section}\n${heading}\n`);
}

/** The section of the data model on the attributes of an entity's item. */
function attributesText({ Words, prop, a, words }: EntityNames): string {
  return `### ${Words}

| attribute | type | presence | unit and meaning |
| --------- | ---- | -------- | ---------------- |
| \`${prop}Id\` | S | always | the client's id of ${a} ${words}; index key; never changes |
| \`name\`, \`description\` | S | always, optional | 1 to 100, 1 to 1000 characters |
| \`status\` | S | always | \`ACTIVE\` or \`INACTIVE\`; index key |
| \`version\`, \`updatedAt\` | N, S | always | counts every write, from 1 |
`;
}

/** The section of the data model on what is asked of an entity, by which request and at what cost. */
function accessPatternsText(names: EntityNames, index: string): string {
  const { WordsPlural, wordsPlural, words, Class, ClassPlural, CONST } = names;

  return `### ${WordsPlural}

| pattern, method | request | cost |
| --------------- | ------- | ---- |
| new ${words}: \`create${Class}\` | PutItem if absent | 1 WU + 1 |
| one ${words}: \`get${Class}\`, \`find${Class}\` | GetItem \`${CONST}#<id>\` / \`${CONST}\`, consistent | 1 RU |
| ${wordsPlural} by status: \`get${ClassPlural}\` | Query \`${index}\`, \`status = :status\`, by id, \`Limit\` one more than the page | ½ RU for 4 KB |
| texts, status: \`update${Class}\` | UpdateItem if \`version\` is the expected one | 1 WU + 1; + 2 when the status changes |
`;
}
