// Packs every library as it would be published and checks the tarball, with publint and attw too; prints its size, which has a budget,
// and how long a first import takes: `node tools/workspace/src/check-packages.ts`, after `nx run-many -t build`.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { coldImportMs } from './import-time.ts';
import { packageProblems, packedByName, type Packed, type PackOutput } from './package-problems.ts';
import { sizeBudgetOf, sizeProblems } from './size-budget.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const directory = await mkdtemp(join(tmpdir(), 'cnop-packages-'));

/** Packs libraries, in one go, into the temporary directory. */
async function pack(names: readonly string[]): Promise<ReadonlyMap<string, Packed>> {
  const workspaces = names.flatMap((name) => ['--workspace', `libs/${name}`]);
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', directory, ...workspaces], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });

  return packedByName(JSON.parse(stdout) as PackOutput);
}

/** Answers with the problems of one library's tarball. */
async function checkPackage(name: string, packed: Packed | undefined): Promise<string[]> {
  if (!packed) return ['npm pack made no tarball'];
  const folder = join(root, 'libs', name);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { license?: string };
  const tarball = join(directory, packed.filename);
  const kilobytes = (packed.size / 1024).toFixed(1);
  const importMs = (await coldImportMs(`@cnop/${name}`, folder)).toFixed(0);

  process.stdout.write(
    `${name.padEnd(20)} ${kilobytes.padStart(7)} of ${String(sizeBudgetOf(name))} KB, ${packed.files.length} files, ` +
      `first import ${importMs.padStart(4)} ms\n`,
  );
  const problems = [...packageProblems(packed, manifest), ...sizeProblems(name, packed.size)];
  if (problems.length > 0) return problems;
  return [
    ...(await complaintsOf(bin('publint'), ['--strict', tarball])),
    ...(await complaintsOf(bin('attw'), [tarball, '--profile', 'esm-only'])),
  ];
}

/** What a checker printed, if it failed. */
async function complaintsOf(command: string, args: readonly string[]): Promise<string[]> {
  try {
    await run(command, args);
    return [];
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string };
    return [`${message}\n${stdout}`];
  }
}

try {
  const names = (await readdir(join(root, 'libs'))).sort();
  const packed = await pack(names);
  for (const name of names) {
    for (const problem of await checkPackage(name, packed.get(`@cnop/${name}`))) {
      process.stderr.write(`${name}: ${problem}\n`);
      process.exitCode = 1;
    }
  }
} finally {
  await rm(directory, { recursive: true });
}
