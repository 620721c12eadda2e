import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorKind } from '@cnop/exceptions';

/** The errors that one package defines. */
export interface DefinedSet {
  /** The package, such as `@cnop/entities-order`. */
  readonly from: string;
  /** What it exports them as, such as `orderErrors`. */
  readonly name: string;
  /** The classes by name. */
  readonly classes: Readonly<Record<string, ErrorKind>>;
}

const root = join(import.meta.dirname, '../../..');

/** Where a package defines its errors, by convention. */
export const errorModules = '{libs,apps}/*/src/{errors,*-errors}.ts';

/** The errors of all packages, as their modules export them: those of no domain first, then by package. */
export async function definedErrors(): Promise<DefinedSet[]> {
  const sets = await Promise.all(globSync(errorModules, { cwd: root }).sort().map(setsOf));

  return sets.flat().sort((left, right) => rankOf(left) - rankOf(right) || left.from.localeCompare(right.from));
}

async function setsOf(path: string): Promise<DefinedSet[]> {
  const [folder] = path.split('/src/');
  const manifest = readFileSync(join(root, String(folder), 'package.json'), 'utf8');
  const { name: from } = JSON.parse(manifest) as { readonly name: string };
  const exported = (await import(join(root, path))) as Readonly<Record<string, unknown>>;

  return Object.entries(exported).flatMap(([name, classes]) =>
    areErrorClasses(classes) ? [{ from, name, classes }] : [],
  );
}

const rankOf = ({ name }: DefinedSet): number => (name === 'sharedErrors' ? 0 : 1);

/** What `defineErrors` gives. */
const areErrorClasses = (value: unknown): value is Readonly<Record<string, ErrorKind>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each === 'function' && 'code' in each && 'advice' in each);
