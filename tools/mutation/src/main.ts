import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { groups } from './groups.ts';
import { runGroup } from './run-group.ts';
import { shortForm } from './short-form.ts';
import { withGroupScore, type ScoreSheet } from './summary/score-sheet.ts';
import { summariseGroup } from './summary/group-summary.ts';
import { summaryText } from './summary/summary-text.ts';
import type { ListedSurvivor } from './summary/survivors.ts';

const usage = `Usage: npm run mutation -- [--short] [--group <name>]… [--document]

  --short      about two minutes, for CI; the long form takes about half an hour of two cores
  --group      ${groups.map(({ name }) => name).join(', ')}; may be given several times
  --document   writes the scores into tools/mutation/scores.json; \`npm run docs\` then writes docs/mutation.md

Mutates the code, runs the tests against each mutant, and prints who survived. Fails when a group scores too little, or when a mutant
survives that tools/mutation/survivors.json does not list with a reason. Run it from the root of the workspace.
`;
const survivorsFile = 'tools/mutation/survivors.json';
const scoresFile = 'tools/mutation/scores.json';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      group: { type: 'string', multiple: true },
      document: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const form = values.short ? shortForm(groups) : groups;
  const names = values.group ?? form.map(({ name }) => name);
  const unknown = names.some((name) => !form.some((group) => group.name === name));
  if (values.help || unknown || (values.short && values.document)) {
    process.stderr.write(usage);
    return values.help ? 0 : 1;
  }

  const listed = (await readJson(survivorsFile)) as ListedSurvivor[];
  let failed = false;
  const texts: string[] = [];
  for (const group of form.filter(({ name }) => names.includes(name))) {
    const start = performance.now();
    const summary = summariseGroup(group.name, await runGroup(group), listed);

    texts.push(summaryText(summary, listed, Math.round((performance.now() - start) / 1000)));
    failed ||= summary.problems.length > 0;
    if (values.document) {
      const sheet = withGroupScore((await readJson(scoresFile)) as ScoreSheet, summary);
      await writeFile(scoresFile, `${JSON.stringify(sheet, null, 2)}\n`);
    }
  }

  process.stdout.write(`\n${texts.join('\n')}`);
  return failed ? 1 : 0;
}

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

process.exitCode = await main();
