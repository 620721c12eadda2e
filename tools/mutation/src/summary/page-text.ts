import type { Group } from '../group.ts';
import { inPercent, leastPercent } from './group-summary.ts';
import { mutantCount, totalScore, type FileScore } from './score.ts';
import type { ScoreSheet } from './score-sheet.ts';
import type { ListedSurvivor } from './survivors.ts';

const introduction = `# Mutation testing

Coverage says which lines the tests run; mutation testing says whether they would notice a fault there. [Stryker](https://stryker-mutator.io)
changes the code in one small place, a \`<\` to \`<=\`, a condition to \`true\`, a call to nothing, and runs the tests that reach it. A mutant
is killed when a test fails, or when the tests run out of time. One that survives is a fault that nobody would have seen, or no fault
at all: then it is listed here, with the reason.

    npm run mutation                    # all groups
    npm run mutation -- --group money   # one
    npm run mutation -- --short         # what CI runs: about two minutes

The run fails when a group scores less than ${leastPercent} %, or when a mutant survives that \`tools/mutation/survivors.json\` does not list. A listed one
that is noticed by now is reported. This page is written by \`npm run docs\` from that list and from the scores of the last full run,
\`npm run mutation -- --document\`.

The tests run in one process on Jest's own runner of tests, with the modules loaded once: [0007](decisions/0007-libraries.md) says why. Each
worker has a DynamoDB of its own (embedded), and property tests draw the same examples for every mutant. Two kinds of code are not
mutated: types, and the sentences of plain errors (\`Error\`, \`RangeError\`, \`TypeError\`), which are for whoever reads a log; that they
are thrown is tested.
`;

/** The page docs/mutation.md. */
export function mutationPageText(
  groups: readonly Group[],
  sheet: ScoreSheet,
  listed: readonly ListedSurvivor[],
): string {
  const rows = groups.map(({ name, title }) => {
    const total = totalScore(sheet[name] ?? []);
    return [name, title, String(mutantCount(total)), inPercent(total)];
  });

  return [
    introduction,
    '## Scores\n',
    `${markdownTable(['group', 'what', 'mutants', 'noticed'], rows)}\n`,
    ...groups.map((group) => groupSection(group, sheet[group.name] ?? [], listed)),
  ].join('\n');
}

function groupSection({ name, title }: Group, scores: readonly FileScore[], listed: readonly ListedSurvivor[]): string {
  const rows = scores.map((score) => [
    `\`${score.file}\``,
    ...[score.killed, score.timedOut, score.survived + score.uncovered].map(String),
    inPercent(score),
  ]);
  const survivors = listed.filter(({ file }) => scores.some((score) => score.file === file));

  return [
    `## ${title}\n`,
    `Group \`${name}\`.\n`,
    `${markdownTable(['file', 'killed', 'timed out', 'survived', 'noticed'], rows)}\n`,
    ...(survivors.length > 0 ? ['Survivors:\n', ...survivors.map(survivorLine), ''] : []),
  ].join('\n');
}

function survivorLine({ file, original, replacement, times = 1, reason }: ListedSurvivor): string {
  const change = `${code(original)} → ${replacement === '' ? 'nothing' : code(replacement)}`;
  const often = times > 1 ? ` (${times} times)` : '';

  return `- \`${file.slice(file.lastIndexOf('/') + 1)}\`: ${change}${often}. ${reason}`;
}

/** Text with backticks in it stands between two of them. */
const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;

  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
