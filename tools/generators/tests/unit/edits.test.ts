import { createTree } from '@nx/devkit/testing';
import { addExports, addRow, appendEntry, appendToCell } from '../../src/edits.ts';

const path = 'list.ts';

function edited(content: string, edit: (tree: ReturnType<typeof createTree>) => void): string | null {
  const tree = createTree();
  tree.write(path, content);
  edit(tree);
  return tree.read(path, 'utf8');
}

it('puts an export before the first whose module sorts after it', () => {
  const source = "export { a } from './a.ts';\nexport { c } from './c.ts';\n";
  const exported = (from: string) => edited(source, (tree) => addExports(tree, path, { from, names: ['x', 'type Y'] }));

  expect(exported('./b.ts')).toMatch(/a\.ts';\nexport { x, type Y } from '\.\/b\.ts';\nexport { c }/);
  expect(exported('./d.ts')).toMatch(/c\.ts';\nexport { x, type Y } from '\.\/d\.ts';\n$/);
});

describe(appendEntry, () => {
  const opening = /^export const list\b[^=]*= [[{]/m;
  const appended = (list: string, name: string) =>
    edited(`export const list: X = ${list};\nconst other = [];\n`, (tree) =>
      appendEntry(tree, path, { opening, name, entry: `...${name}` }),
    );

  it.each([
    ['[]', '[\n...b,\n]'],
    ['[a]', '[a,\n...b,\n]'],
    ['[\n  a,\n]', '[\n  a,\n...b,\n]'],
    ["{\n  a: { is: ['}'] }, // it's }\n}", "{\n  a: { is: ['}'] }, // it's }\n...b,\n}"],
  ])('appends to %p', (list, expected) => {
    expect(appended(list, 'b')).toBe(`export const list: X = ${expected};\nconst other = [];\n`);
  });

  it('refuses what the list has already, and nothing that only looks like it', () => {
    expect(() => appended('[a, ...b]', 'b')).toThrow('list.ts cannot be extended: it has b already.');
    expect(appended('[bb, a_b, a-b]', 'b')).toContain('...b,');
  });

  it('says that there is no such list', () => {
    expect(() => edited('export {};\n', (tree) => appendEntry(tree, path, { opening, name: 'b', entry: 'b' }))).toThrow(
      /nothing in it matches/,
    );
  });
});

describe('tables of Markdown', () => {
  const page = '# Page\n\n| item | table |\n| ---- | ----- |\n| user | users |\n| order | orders |\n\nEnd.\n';

  it('get a row at their end, or after the last one like another', () => {
    const added = (after?: RegExp) => addRow(page, { header: /^\| item/, ...(after && { after }) }, ['x', 'xs']);

    expect(added()).toContain('| order | orders |\n| x | xs |\n\nEnd.');
    expect(added(/^\| user/)).toContain('| user | users |\n| x | xs |\n| order');
    expect(() => addRow(page, { header: /^\| index/ }, ['x'])).toThrow(/no table has a header/);
  });

  it('get more in one cell', () => {
    expect(appendToCell(page, /^\| user/, { cell: 2, text: ', claims' })).toContain('| user | users, claims |');
    expect(() => appendToCell(page, /^\| coupon/, { cell: 1, text: 'x' })).toThrow(/no row matches/);
  });
});
