import satisfies from 'spdx-satisfies';
import { nameAt, type Lockfile } from './lockfile.ts';

/** The licence of each package, by its name. Several versions under several licences are joined by ` AND `. */
export type Licences = Readonly<Record<string, string>>;

/** What a team that installs a library agrees to: licences that ask for no more than a notice. */
const allowedInProduction = [
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
];

/** Packages whose manifest says it in a form that SPDX does not know; each was read in the package's own licence file. */
const readByHand: Licences = {
  buildcheck: 'MIT',
  'cpu-features': 'MIT',
  'js-object-utilities': 'Unlicense',
  nub: 'MIT',
  ssh2: 'MIT',
};

/** What may be used to build and to test, and is handed on to nobody. */
const allowedInDevelopment = [
  ...allowedInProduction,
  'CC0-1.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'MPL-2.0',
  'Python-2.0',
  'WTFPL',
  'Zlib',
];

/** The licences of the packages at these places. */
export function licencesOf({ packages }: Lockfile, places: readonly string[]): Licences {
  const found = new Map<string, Set<string>>();

  for (const place of places) {
    const name = nameAt(place);
    const licence = readByHand[name] ?? packages[place]?.license ?? 'UNKNOWN';
    found.set(name, (found.get(name) ?? new Set()).add(licence));
  }
  return Object.fromEntries([...found].sort(byName).map(([name, all]) => [name, [...all].sort().join(' AND ')]));
}

/** What may not be there, a sentence each. */
export const forbidden = (licences: Licences, use: 'production' | 'development'): string[] =>
  Object.entries(licences)
    .filter(([, licence]) => !permits(licence, use === 'production' ? allowedInProduction : allowedInDevelopment))
    .map(([name, licence]) => `${name} is under ${licence}, which is not allowed in ${use}.`);

/** In what a list differs from the one that is written down, a sentence each. */
export function differences(written: Licences, present: Licences): string[] {
  const names = [...new Set([...Object.keys(written), ...Object.keys(present)])].sort();

  return names
    .filter((name) => written[name] !== present[name])
    .map((name) => `${name}: ${written[name] ?? 'not listed'} → ${present[name] ?? 'not installed'}`);
}

/** A text that is no SPDX expression permits nothing. */
function permits(licence: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(licence, [...allowed]);
  } catch {
    return false;
  }
}

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;
