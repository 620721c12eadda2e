import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Files that are mutated together. The tests of their libraries must notice. */
export interface Group {
  /** What the group is about, for a heading. */
  readonly title: string;
  /** The files to mutate, each by its name, `parse-decimal`, or where several libraries have one, by library and name. */
  readonly files: readonly string[];
  /** Which integration tests to run, as a pattern. Default: all but those that start a program of their own; empty: none. */
  readonly integration?: string;
  /** What differs in the short form, which leaves out a group without it. */
  readonly short?: Partial<Pick<Group, 'files' | 'integration'>>;
}

/** A mutant that may survive, with the reason. It is known by its text: line numbers change too easily. */
export interface ListedSurvivor {
  /** Its file, as its group names it. */
  readonly file: string;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** How many mutants of the file look like this. Default 1. */
  readonly times?: number;
  readonly reason: string;
}

const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

/** Everything that is mutated, by the names of the groups. */
export const groups = readJson('groups.json') as Readonly<Record<string, Group>>;

/** Every survivor that is accepted. */
export const listedSurvivors = readJson('survivors.json') as readonly ListedSurvivor[];

/** The groups of the short form. */
export const shortGroups: Readonly<Record<string, Group>> = Object.fromEntries(
  Object.entries(groups).flatMap(([name, group]) => (group.short ? [[name, { ...group, ...group.short }]] : [])),
);

/**
 * The paths of the files of a group, relative to the root of the workspace.
 *
 * @throws Error naming the file that no library has, or several have.
 */
export const filesOf = ({ files }: Pick<Group, 'files'>, root = '.'): string[] =>
  files.map((file) => {
    const library = file.includes('/') ? file.slice(0, file.indexOf('/')) : '*';
    const [path, ...others] = globSync(`libs/${library}/src/**/${basename(file)}.ts`, { cwd: root });

    if (path === undefined || others.length > 0) throw new Error(`There is no file ${file}.ts, or more than one.`);
    return path;
  });

/**
 * The test files of the libraries that a group mutates, the quick ones first: without those of READMEs and networks, which start programs,
 * and of documents, which are not in the copy.
 */
export function testsOf(group: Pick<Group, 'files' | 'integration'>, root = '.'): string[] {
  const libraries = [...new Set(filesOf(group, root).map((file) => file.split('/', 2).join('/')))];
  const patterns = [
    'unit/**/!(readme|documents).test.ts',
    `integration/${group.integration ?? '!(readme|network)'}.integration.test.ts`,
  ];

  return patterns.flatMap((pattern) =>
    libraries.flatMap((library) => globSync(`${library}/tests/${pattern}`, { cwd: root }).sort()),
  );
}
