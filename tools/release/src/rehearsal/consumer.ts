import { cp, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkOutcome, type Outcome } from './outcome.ts';
import { runCommand, type CommandOptions } from './run-command.ts';

const program = fileURLToPath(new URL('../../consumer/', import.meta.url));

/** Lays out the consumer's files in an empty folder. Its package.json has another name here, so that nothing takes it for a project. */
export async function layOutConsumer(folder: string): Promise<void> {
  await cp(program, folder, { recursive: true });
  await rename(join(folder, 'manifest.json'), join(folder, 'package.json'));
}

/** The packages that the consumer's program asks for by name, the compiler and the types of Node.js included. */
export async function consumerPackages(workspaceManifest: string): Promise<string[]> {
  const source = await readFile(join(program, 'src/main.ts'), 'utf8');
  const { devDependencies } = JSON.parse(await readFile(workspaceManifest, 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const compiler = devDependencies['@typescript/compiler7']?.replace(/^npm:/, '');
  const nodeTypes = devDependencies['@types/node'];
  if (compiler === undefined || nodeTypes === undefined) throw new Error('The workspace names no compiler.');

  return [...packagesImportedBy(source), compiler, `@types/node@${nodeTypes}`];
}

/** The packages of the scope that a program imports; each once, sorted. */
export function packagesImportedBy(source: string): string[] {
  const names = [...source.matchAll(/from '(?<name>@cnop\/[^/']+)/g)].map((match) => match.groups?.['name'] ?? '');

  return [...new Set(names)].sort();
}

/** What the two programs came to. */
export interface ConsumerResults {
  readonly esm: Outcome;
  readonly commonJs: Outcome;
}

/** Type-checks and runs the ESM program in TypeScript, then the CommonJS program. */
export async function runConsumer(options: CommandOptions): Promise<ConsumerResults> {
  await runCommand('npx tsc --project tsconfig.json', options);
  const esm = checkOutcome(await runCommand('node dist/main.js', options));
  const commonJs = checkOutcome(await runCommand('node main.cjs', options));

  return { esm, commonJs };
}

/** The versions of the scope's packages that are installed, by name. */
export async function installedVersions(
  folder: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const entries = await Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const text = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8');
      return [name, (JSON.parse(text) as { readonly version: string }).version];
    }),
  );

  return new Map(entries);
}
