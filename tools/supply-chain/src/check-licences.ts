// The licence of everything that is installed, against what is allowed and what is written down.
//   node tools/supply-chain/src/check-licences.ts           fails when a licence is not allowed, or the list is out of date
//   node tools/supply-chain/src/check-licences.ts --write   writes the list
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { differences, forbidden, licencesOf, type Licences } from './licences.ts';
import { installedPlaces, productionPlaces, type Lockfile } from './lockfile.ts';

const list = 'tools/supply-chain/licences.json';
const uses = ['production', 'development'] as const;

function readPresent(): Record<(typeof uses)[number], Licences> {
  const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile;
  const production = new Set(readdirSync('libs').flatMap((name) => productionPlaces(lockfile, `libs/${name}`)));
  const development = installedPlaces(lockfile).filter((place) => !production.has(place));

  return { production: licencesOf(lockfile, [...production]), development: licencesOf(lockfile, development) };
}

const present = readPresent();
if (process.argv[2] === '--write') writeFileSync(list, `${JSON.stringify(present, undefined, 2)}\n`);
const written = JSON.parse(readFileSync(list, 'utf8')) as typeof present;

const problems = uses.flatMap((use) => [
  ...forbidden(present[use], use),
  ...differences(written[use], present[use]).map((difference) => `${list}, ${use}: ${difference}`),
]);
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.stderr.write('Review what is new, then: npm run licences -- --write\n');
for (const use of uses) process.stdout.write(`${use}: ${Object.keys(present[use]).length} packages\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
