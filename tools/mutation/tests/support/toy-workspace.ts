import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { MutantRecord } from '../../src/summary/mutant-record.ts';

/** Makes a workspace of these files, mutates `libs/toy/src/toy.ts` in it, and tells what became of the mutants. */
export async function mutateToy(files: Readonly<Record<string, string>>): Promise<MutantRecord[]> {
  const directory = await mkdtemp(join(tmpdir(), 'mutation-'));

  try {
    for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), text);
    }
    const main = join(__dirname, 'toy-main.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@cnop/source', '--no-warnings', main],
      {
        cwd: directory,
      },
    );

    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as MutantRecord[];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
