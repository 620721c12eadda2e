// Sees in a throw-away clone that a change executes the tests that it can reach, and that all others come from the cache of Nx:
// `npm run affected:rehearse`. What a test does is of no matter here: each only writes down that it ran.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rehearse } from './rehearsal.ts';
import { readManifests, withDependents } from './release-plan.ts';

/** A library in the middle: it has dependencies, which a change of it cannot reach, and dependents, which it must reach. */
const changed = '@cnop/entities-order';
const all = 'run-many -t test test:docs test:integration';
const affected = 'affected -t test test:docs test:integration --base=HEAD~1 --head=HEAD';

await rehearse(async ({ folder, clone, env, run, print }) => {
  const projects = readManifests(clone, '{apps,libs,tools}/*');
  const [log, jest, settings] = [join(folder, 'log'), join(clone, 'node_modules/.bin/jest'), join(clone, 'nx.json')];
  rmSync(jest); // a link, which would be followed
  writeFileSync(jest, `#!/bin/sh\necho "\${PWD#${clone}/} $2" >>'${log}'\n`, { mode: 0o755 });
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/"node .* jest /, '"jest '));
  await run(`git commit --quiet --all -m 'test: tests that only write down that they ran'`);

  const change = async (file: string) => {
    appendFileSync(join(clone, file), '\n');
    await run(`git commit --quiet --all -m 'test: change ${file}'`);
  };
  /** The tests that Nx executes, those that compare documents aside: the folder and the configuration of each. */
  const executed = async (tests: string, dynamoDb = 'embedded'): Promise<string[]> => {
    rmSync(log, { force: true });
    await run(`npx nx ${tests}`, { env: { ...env, CNOP_DYNAMODB: dynamoDb } });
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return lines.filter((line) => !line.endsWith('jest.docs.config.cjs')).sort();
  };
  const expect = (what: string, tests: readonly string[], expected: readonly string[]) => {
    if (tests.join() !== expected.join()) throw new Error(`${what} executes ${tests.join(', ') || 'nothing'}.`);
  };

  const first = await executed(all);
  if (first.length < projects.length / 2) throw new Error(`Only ${first.join(', ')} are tests.`);
  expect('A second run', await executed(all), []);
  print(`${first.length} tests, of which a second run executes none.`);

  const { folder: library = '' } = projects.find(({ name }) => name === changed) ?? {};
  await change(`${library}/README.md`);
  expect('A change of a README', await executed(affected), []);
  print('A change of a README executes none but those of documents.');

  await change(`${library}/src/index.ts`);
  const reached = await executed(affected);
  const of = (tests: readonly string[], names: readonly string[]) =>
    tests.filter((test) => projects.some((each) => names.includes(each.name) && test.startsWith(`${each.folder} `)));
  const dependents = withDependents(changed, projects);
  const below = projects
    .map(({ name }) => name)
    .filter((name) => name !== changed && withDependents(name, projects).includes(changed));
  expect(`A change of ${changed}, of its dependents' tests,`, of(reached, dependents), of(first, dependents));
  expect(`A change of ${changed}, of its dependencies' tests,`, of(reached, below), []);
  print(`A change of ${changed} executes ${reached.length}: ${reached.map((test) => test.split(' ')[0]).join(', ')}.`);

  for (const file of ['jest.preset.js', 'tsconfig.base.json']) {
    await change(file);
    expect(`A change of ${file}`, await executed(all), first);
  }
  const elsewhere = await executed(all, 'java');
  const ofStorage = first.filter((test) => test.endsWith('jest.integration.config.cjs'));
  expect(
    'Another DynamoDB',
    elsewhere.filter((test) => !ofStorage.includes(test)),
    [],
  );
  if (elsewhere.length < ofStorage.length / 2)
    throw new Error(`Another DynamoDB executes only ${elsewhere.join(', ')}.`);
  print('A change of the Jest preset or of the compiler options executes all; another DynamoDB the integration tests.');
});
