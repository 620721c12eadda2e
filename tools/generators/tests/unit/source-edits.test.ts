import { createTree } from '@nx/devkit/testing';
import { addImport } from '../../src/edits/add-import.ts';
import { appendEntry } from '../../src/edits/append-entry.ts';

const path = 'list.ts';

function edited(content: string, edit: (tree: ReturnType<typeof createTree>) => void): string | null {
  const tree = createTree();
  tree.write(path, content);
  edit(tree);
  return tree.read(path, 'utf8');
}

describe(addImport, () => {
  const source = [
    "import { b } from '@cnop/b';",
    'import {',
    '  c,',
    '  d,',
    "} from '@cnop/c';",
    "import type { E } from '@cnop/e';",
    "import { far } from '../far.ts';",
    "import { near } from './near.ts';",
    '',
    'export const list = [b];',
    '',
  ].join('\n');
  const importing = (from: string, name: string) => edited(source, (tree) => addImport(tree, path, { from, name }));

  it.each([
    ['@cnop/a', 'a', "import { a } from '@cnop/a';\nimport { b }"],
    ['@cnop/d', '* as all', "} from '@cnop/c';\nimport * as all from '@cnop/d';\nimport type"],
    ['@cnop/z', 'z', "'@cnop/e';\nimport { z } from '@cnop/z';\nimport { far }"],
    ['./more.ts', 'more', "'../far.ts';\nimport { more } from './more.ts';\nimport { near }"],
    ['./orders.ts', 'orders', "'./near.ts';\nimport { orders } from './orders.ts';\n\nexport"],
  ])('puts a module before the first that sorts after it: %s', (from, name, expected) => {
    expect(importing(from, name)).toContain(expected);
  });

  it('adds a name to what is imported of the module already, and to no import of types', () => {
    expect(importing('@cnop/b', 'b2')).toContain("import { b, b2 } from '@cnop/b';\n");
    expect(importing('@cnop/c', 'c2')).toContain("  d, c2 } from '@cnop/c';\n");
    expect(importing('@cnop/e', 'e')).toContain("import { e } from '@cnop/e';\n");
  });

  it('says that there is nothing to go by', () => {
    expect(() => edited('export {};\n', (tree) => addImport(tree, path, { from: 'x', name: 'x' }))).toThrow(
      'list.ts cannot be extended: it imports nothing.',
    );
  });
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
