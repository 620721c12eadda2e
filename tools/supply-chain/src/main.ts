// Compares the licences of all that is installed with those allowed, and writes a bill of materials for each library: `npm run supply-chain`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { billOf } from './bill.ts';
import { broughtIn, refusedLicences, type Package } from './packages.ts';

const query = ['query', '*', '--package-lock-only'];
const all = JSON.parse(execFileSync('npm', query, { encoding: 'utf8', maxBuffer: 2 ** 28 })) as Package[];
const libraries = all.filter(({ location }) => location.startsWith('libs/'));
const consumed = new Set(libraries.flatMap((library) => broughtIn(all, library, { peers: true })));
const installed = all.filter(({ location }) => location.includes('node_modules/'));
const production = installed.filter((each) => consumed.has(each));
const development = installed.filter((each) => !consumed.has(each));
const problems = [...refusedLicences(production, 'production'), ...refusedLicences(development, 'development')];

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
mkdirSync('tmp/sbom', { recursive: true });
for (const library of libraries) {
  const bill = billOf(all, library);
  const problem: unknown = await validator.validate(bill);
  if (problem !== null) problems.push(`${library.name}: ${JSON.stringify(problem)}`);
  writeFileSync(`tmp/sbom/${library.location.replace('libs/', '')}-${library.version}.cdx.json`, bill);
}
process.stdout.write(
  `${production.length} packages in production, ${development.length} in development, ${libraries.length} bills of materials\n`,
);
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
