import satisfies from 'spdx-satisfies';

type Ranges = Readonly<Record<string, string>>;

/** A package as `npm query` describes it; `to` has the locations of what it uses, as npm resolves them. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly location: string;
  readonly to: readonly string[];
  readonly dependencies?: Ranges;
  readonly optionalDependencies?: Ranges;
  readonly peerDependencies?: Ranges;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Which of all packages one uses: its dependencies, and on request the peers that an application must have. */
export function usedBy(all: readonly Package[], user: Package, { peers }: { readonly peers: boolean }): Package[] {
  const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta, to } = user;
  const required = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta?.[name]?.optional !== true);
  const names = Object.keys({ ...dependencies, ...optionalDependencies }).concat(peers ? required : []);

  return all.filter(({ name, location }) => {
    // A package of the workspace is known by its folder, though others use it by a link; an alias is the folder's name.
    const place = location.includes('node_modules/') ? location : `node_modules/${name}`;
    return to.includes(place) && names.includes(place.split('node_modules/').at(-1) ?? '');
  });
}

/** What an installation of a package brings with it. */
export function broughtIn(all: readonly Package[], first: Package, options: { readonly peers: boolean }): Package[] {
  const found = new Set([first]);
  for (const each of found) for (const used of usedBy(all, each, options)) found.add(used);

  return [...found].slice(1);
}

/** Licences that ask a consumer for no more than a notice. */
const notice = ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense'];
/** What builds and tests, and is passed on to nobody, may also have one of these. */
const development = ['CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0', 'WTFPL', 'Zlib'];
const allowed = { production: notice, development: [...notice, ...development] };
/** Read in the package's own licence file, where its manifest has no SPDX expression. */
const readByHand: Ranges = {
  'cpu-features': 'MIT',
  buildcheck: 'MIT',
  'js-object-utilities': 'Unlicense',
  nub: 'MIT',
  ssh2: 'MIT',
};

/** A sentence for each package whose licence is not allowed; a text that is no SPDX expression allows nothing. */
export function refusedLicences(packages: readonly Package[], use: keyof typeof allowed): string[] {
  return packages.flatMap(({ name, license }) => {
    const licence = readByHand[name] ?? license ?? 'no licence';
    try {
      if (satisfies(licence, allowed[use])) return [];
    } catch {
      // not an SPDX expression
    }
    return [`${name}: ${licence} is not allowed in ${use}.`];
  });
}
