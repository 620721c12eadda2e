// Packs every library as it would be published and checks the tarball with publint and attw:
// `node tools/workspace/src/check-packages.ts`, after `nx run-many -t build`.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const bin = (name: string) => join(root, 'node_modules/.bin', name);

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What a consumer relies on in every tarball. */
const expected = ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts'];

async function checkPackage(name: string, directory: string): Promise<string> {
  const folder = join(root, 'libs', name);
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', directory], { cwd: folder });
  const packed = firstOf(JSON.parse(stdout) as readonly Packed[] | Readonly<Record<string, Packed>>);
  const missing = expected.filter((path) => !packed.files.some((file) => file.path === path));
  const { license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { license?: string };

  if (missing.length > 0) throw new Error(`${name}: the tarball lacks ${missing.join(', ')}`);
  if (license !== 'MIT') throw new Error(`${name}: the licence must be MIT`);
  const tarball = join(directory, packed.filename);
  await run(bin('publint'), ['--strict', tarball], { cwd: folder });
  await run(bin('attw'), [tarball, '--profile', 'esm-only'], { cwd: folder });

  return `${name.padEnd(20)} ${(packed.size / 1024).toFixed(1).padStart(7)} KB, ${packed.files.length} files`;
}

/** npm 11 prints a list, npm 12 a record by package name. */
function firstOf(packed: readonly Packed[] | Readonly<Record<string, Packed>>): Packed {
  const [first] = Object.values(packed);
  if (!first) throw new Error('npm pack printed no package.');

  return first;
}

const directory = await mkdtemp(join(tmpdir(), 'cnop-packages-'));
try {
  for (const name of (await readdir(join(root, 'libs'))).sort()) {
    process.stdout.write(`${await checkPackage(name, directory)}\n`);
  }
} catch (error) {
  const { message, stdout = '' } = error as Error & { stdout?: string };
  process.stderr.write(`${message}\n${stdout}\n`);
  process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true });
}
