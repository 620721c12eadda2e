/** One place of a `package-lock.json` (version 3), as far as it is read here. */
export interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A `package-lock.json`: what is installed, by the place where it lies. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const modules = 'node_modules/';

/** The name of what lies at a place: `node_modules/a/node_modules/@b/c` is `@b/c`. */
export const nameAt = (place: string): string => place.slice(place.lastIndexOf(modules) + modules.length);

/** Every package from outside that is installed, by its place; those of the workspace are left out. */
export const installedPlaces = ({ packages }: Lockfile): string[] =>
  Object.entries(packages)
    .filter(([place, { link }]) => place.includes(modules) && link !== true)
    .map(([place]) => place)
    .sort();

/**
 * The places of all that one package of the workspace brings into a consumer's installation: its dependencies and theirs, peers that must be
 * there included. Packages of the workspace are followed, and left out of the answer.
 *
 * @param folder - of the package, such as `libs/utils`.
 */
export function productionPlaces(lockfile: Lockfile, folder: string): string[] {
  const seen = new Set<string>();
  const waiting = [folder];

  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    for (const name of needsOf(lockfile.packages[place])) waiting.push(...resolve(lockfile, place, name));
  }
  return [...seen].filter((place) => place.includes(modules)).sort();
}

function needsOf({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: LockedPackage = {}) {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true);

  return [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...peers];
}

/** Where Node finds a package from a place: nearest first. None for an optional package that is not installed. */
function resolve({ packages }: Lockfile, from: string, name: string): string[] {
  for (let folder = from; ; folder = parentOf(folder)) {
    const place = folder === '' ? `${modules}${name}` : `${folder}/${modules}${name}`;
    const found = packages[place];
    if (found) return [found.link === true ? targetOf(packages, name) : place];
    if (folder === '') return [];
  }
}

const parentOf = (folder: string): string => folder.slice(0, Math.max(0, folder.lastIndexOf('/')));

/** The folder of a package of the workspace. */
function targetOf(packages: Lockfile['packages'], name: string): string {
  const [target] = Object.keys(packages).filter((place) => !place.includes(modules) && packages[place]?.name === name);
  if (target === undefined) throw new Error(`The lockfile links ${name} to nothing.`);

  return target;
}
