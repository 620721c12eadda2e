import type { Tree } from '@nx/devkit';
import { editDocument } from '../edits/edit-document.ts';
import { addRow, appendToCell } from '../edits/markdown-table.ts';
import type { EntityNames } from '../names/entity-names.ts';

const page = 'docs/packages.md';

/** A new domain, as the page of packages shows it. */
export interface DocumentedDomain {
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
