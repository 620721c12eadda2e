// Lints texts by the workspace's own configuration, as if each stood in a file of the workspace; only the rules of who may import whom.
//   echo '[{ "file": "libs/utils/src/a.ts", "text": "…" }]' | node lint-texts-main.ts   prints what each is refused for, as JSON
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import type { LintedText, Refusal } from './lint-texts.ts';

const rules = [
  '@nx/dependency-checks',
  '@nx/enforce-module-boundaries',
  '@typescript-eslint/consistent-type-imports',
  '@typescript-eslint/no-require-imports',
  'no-restricted-imports',
  'no-restricted-syntax',
];
const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../../../../', import.meta.url)),
  // The files need not exist, so there are no types; these rules need none.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => rules.includes(ruleId),
});
const refusals: Refusal[][] = [];

for (const { file, text: code } of JSON.parse(await text(process.stdin)) as LintedText[]) {
  const results = await eslint.lintText(code, { filePath: file });
  refusals.push(
    results.flatMap((result) => result.messages.map(({ ruleId, message }) => ({ rule: ruleId ?? 'parser', message }))),
  );
}

process.stdout.write(JSON.stringify(refusals));
