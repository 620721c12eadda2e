import type { Tree } from '@nx/devkit';
import { editDocument } from '../edits/edit-document.ts';
import { addRow, appendToCell } from '../edits/markdown-table.ts';
import type { EntityNames } from '../names/entity-names.ts';
import { accessPatternsText, attributesText } from './entity-sections.ts';

/** Where an entity is stored. */
export interface DocumentedEntity {
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
