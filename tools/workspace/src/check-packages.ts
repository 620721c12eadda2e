// Packs every library as it would be published, checks the tarballs, with publint and Are the types wrong? too, and prints their sizes:
// `npm run packages`, after `nx run-many -t build`.
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { budgetOf, packageProblems, type PackOutput } from './package-problems.ts';
import { toolboxDeclarations } from './toolbox-declarations.ts';

const cwd = fileURLToPath(new URL('../../../', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'cnop-packages-'));
/** How a consumer of ES modules does not look for types. */
const ignored: readonly unknown[] = ['node10', 'node16-cjs'];

async function typeProblems(tarball: Uint8Array): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (!analysis.types) return ['it has no types'];

  return analysis.problems
    .filter((problem) => !('resolutionKind' in problem && ignored.includes(problem.resolutionKind)))
    .map((problem) => JSON.stringify(problem));
}

for (const problem of toolboxDeclarations(globSync('libs/*', { cwd }).map((folder) => join(cwd, folder)))) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
try {
  const libraries = globSync('libs/*', { cwd })
    .sort()
    .flatMap((folder) => ['--workspace', folder]);
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', directory, ...libraries], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });

  for (const packed of Object.values(JSON.parse(output) as PackOutput)) {
    const tarball = new Uint8Array(readFileSync(join(directory, packed.filename)));
    const { pkg, messages } = await publint({ strict: true, pack: { tarball: tarball.buffer } });
    const problems = [
      ...packageProblems(packed, pkg as { license?: string }),
      ...messages.map((message) => formatMessage(message, pkg) ?? message.code),
      ...(await typeProblems(tarball)),
    ];

    process.stdout.write(
      `${packed.name.padEnd(26)} ${(packed.size / 1024).toFixed(1).padStart(6)} of ${budgetOf(packed.name)} KB, ${packed.files.length} files\n`,
    );
    for (const problem of problems) process.stderr.write(`${packed.name}: ${problem}\n`);
    if (problems.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true });
}
