import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toolboxDeclarations } from '../../src/toolbox-declarations.ts';

const exports = {
  './package.json': './package.json',
  '.': { types: './index.d.ts' },
  './table': { types: './t.d.ts' },
};
const manifest = (name: string) => JSON.stringify({ name: `@cnop/${name}`, exports });

describe(toolboxDeclarations, () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'declarations-'));
    write({ 'a/package.json': manifest('a'), 'b/package.json': manifest('b') });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
  }
  const found = () => toolboxDeclarations(['a', 'b'].map((name) => join(root, name)));
  const toolbox = 'export declare const t: import("dynamodb-toolbox/schema").ItemSchema;';

  it.each([
    { index: "export type { A } from './inner/a.ts';", inner: "import { X } from '@cnop/b/table';", of: 'b/t.d.ts' },
    { index: "import type { A } from './inner/a.js';", inner: toolbox, of: 'inner/a.d.ts' },
    { index: toolbox, inner: '', of: 'a/index.d.ts' },
  ])('finds what $index leads to', ({ index, inner, of }) => {
    write({ 'a/index.d.ts': index, 'a/inner/a.d.ts': inner, 'a/t.d.ts': '', 'b/index.d.ts': '', 'b/t.d.ts': toolbox });

    expect(found()).toEqual([expect.stringMatching(`^@cnop/a: .*${of} names dynamodb-toolbox/schema$`)]);
  });

  it('permits what nobody reaches but through the entry point of tables', () => {
    write({ 'a/index.d.ts': "export { b } from '@cnop/b';", 'a/t.d.ts': toolbox, 'b/index.d.ts': '', 'b/t.d.ts': '' });

    expect(found()).toEqual([]);
  });

  it('says what is not built', () => {
    write({ 'a/index.d.ts': '', 'a/t.d.ts': '' });

    expect(found()).toEqual([expect.stringContaining('b/index.d.ts is not there')]);
  });
});
