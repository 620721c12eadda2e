import { createTree } from '@nx/devkit/testing';
import { addExports, insertAfter } from '../../src/edits.ts';

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

it('inserts a text as it is after what matches, and says that nothing does', () => {
  const inserted = (place: RegExp) =>
    edited('const list = [a];\n', (tree) => {
      insertAfter(tree, path, [place, ", '$&'"]);
    });

  expect(inserted(/\[a/)).toBe("const list = [a, '$&'];\n");
  expect(() => inserted(/\[b/)).toThrow('list.ts cannot be extended: nothing in it matches /\\[b/.');
});
