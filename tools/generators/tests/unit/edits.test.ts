import { createTree } from '@nx/devkit/testing';
import { addExports, addImport, insertAfter } from '../../src/edits.ts';

const path = 'list.ts';

function edited(content: string, edit: (tree: ReturnType<typeof createTree>) => void): string | null {
  const tree = createTree();
  tree.write(path, content);
  edit(tree);
  return tree.read(path, 'utf8');
}

it('puts an export before the first whose module sorts after it', () => {
  const source = "export { a } from './a.ts';\nexport { c } from './c.ts';\n";
  const exported = (from: string) =>
    edited(source, (tree) => {
      addExports(tree, path, { from, names: ['x', 'type Y'] });
    });

  expect(exported('./b.ts')).toMatch(/a\.ts';\nexport { x, type Y } from '\.\/b\.ts';\nexport { c }/);
  expect(exported('./d.ts')).toMatch(/c\.ts';\nexport { x, type Y } from '\.\/d\.ts';\n$/);
});

it('imports a name once: with what comes from there, else at its place, packages before files', () => {
  const source =
    "import { a } from 'a';\nimport {\n  b,\n  type B,\n} from 'b';\nimport { d } from './d.ts';\n\nconst e = 1;\n";
  const imported = (from: string, name: string) =>
    edited(source, (tree) => {
      addImport(tree, path, { from, name });
    });

  expect(imported('a', 'x')).toBe(source.replace('{ a }', '{ a, x }'));
  expect(imported('b', 'x')).toContain("  b,\n  type B, x } from 'b';");
  expect(imported('b', 'b')).toBe(source);
  expect(imported('c', 'x')).toBe(source.replace("'b';\n", "'b';\nimport { x } from 'c';\n"));
  expect(imported('./e.ts', 'x')).toBe(source.replace("'./d.ts';\n", "'./d.ts';\nimport { x } from './e.ts';\n"));
});

it('inserts a text as it is after what matches, and says that nothing does', () => {
  const inserted = (place: RegExp) =>
    edited('const list = [a];\n', (tree) => {
      insertAfter(tree, path, [place, ", '$&'"]);
    });

  expect(inserted(/\[a/)).toBe("const list = [a, '$&'];\n");
  expect(() => inserted(/\[b/)).toThrow('list.ts cannot be extended: nothing in it matches /\\[b/.');
});
