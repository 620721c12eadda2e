import { parseArgs } from 'node:util';
import { toGroupResult } from './group-result.ts';
import { groups, listedSurvivors, shortGroups, type Group, type ListedSurvivor } from './groups.ts';
import { mutateGroup } from './mutate-group.ts';

const usage = `Usage: npm run mutation -- [--short] [--group <name>]…

  --short      about five minutes, for CI; the long form takes about half an hour of two cores
  --group      ${Object.keys(groups).join(', ')}; may be given several times

Mutates the code, runs the tests against each mutant, and prints the scores. Fails when a group scores too little, or when a mutant
survives that tools/mutation/survivors.json does not list with a reason. Run it from the root of the workspace.
`;

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, group: { type: 'string', multiple: true } },
});
const form = values.short ? shortGroups : groups;
const names = values.group ?? Object.keys(form);
if (names.some((name) => !Object.hasOwn(form, name))) throw new Error(usage);

for (const [name, group] of Object.entries(form)) {
  if (names.includes(name)) await judgeGroup(name, group);
}

async function judgeGroup(name: string, group: Group): Promise<void> {
  const start = performance.now();
  const { noticed, survived, percent, unlisted, stale } = toGroupResult(
    await mutateGroup(name, group),
    listedSurvivors,
  );
  const seconds = Math.round((performance.now() - start) / 1_000);

  print(`${name}: ${percent} of ${noticed + survived} mutants noticed, in ${seconds} s`);
  for (const each of stale) print(`  listed, but noticed or gone: ${textOf(each)}`);
  for (const each of unlisted) print(`  survived and not listed: ${textOf(each)}, line ${each.line}`);
  // Too low a score makes Stryker itself set the exit code.
  if (unlisted.length > 0 || noticed === 0) process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function textOf({ file, mutator, original, replacement }: Omit<ListedSurvivor, 'reason'>): string {
  return `${file} ${mutator}: ${original} → ${replacement === '' ? '(nothing)' : replacement}`;
}
