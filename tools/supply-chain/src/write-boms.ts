// A software bill of materials for each library, as CycloneDX, in tmp/sbom: node tools/supply-chain/src/write-boms.ts
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { releaseBom, type Bom } from './release-bom.ts';

const run = promisify(execFile);
const directory = 'tmp/sbom';
const options = ['--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--omit', 'dev', '--package-lock-only'];
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);

async function writeBom(folder: string): Promise<boolean> {
  const { name, version } = JSON.parse(await readFile(join('libs', folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  const { stdout } = await run('npm', ['sbom', ...options, '--workspace', name], { maxBuffer: 64 * 1024 * 1024 });
  const bom = releaseBom(JSON.parse(stdout) as Bom, `${name}@${version}`);
  const text = `${JSON.stringify(bom, undefined, 2)}\n`;
  const problem: unknown = await validator.validate(text);

  await writeFile(join(directory, `${folder}-${version}.cdx.json`), text);
  process.stdout.write(`${folder.padEnd(20)} ${String(bom.components.length).padStart(4)} components\n`);
  if (problem) process.stderr.write(`${folder}: ${JSON.stringify(problem)}\n`);
  return problem === null;
}

await mkdir(directory, { recursive: true });
for (const folder of (await readdir('libs')).sort()) {
  if (!(await writeBom(folder))) process.exitCode = 1;
}
