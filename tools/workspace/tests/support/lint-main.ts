// Lints texts by the workspace's own configuration, each as if it were a file of the workspace; prints as JSON what each is refused for, and
// the tags that the boundary rule knows: `echo '[["libs/utils/src/a.ts", "…"]]' | node lint-main.ts`.
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

interface Configuration {
  readonly rules: Readonly<Record<string, [number, { readonly depConstraints: { readonly sourceTag: string }[] }]>>;
}

const rules = /module-boundaries|dependency-checks|consistent-type-imports|no-require-imports|no-restricted-/;
const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../../../../', import.meta.url)),
  // The files need not exist, so there are no types; these rules need none.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => rules.test(ruleId),
});
const { rules: configured } = (await eslint.calculateConfigForFile('libs/utils/src/a.ts')) as Configuration;
const tags = configured['@nx/enforce-module-boundaries']?.[1].depConstraints.map(({ sourceTag }) => sourceTag);
const refusals: string[][] = [];

for (const [filePath, code] of JSON.parse(await text(process.stdin)) as [string, string][]) {
  const results = await eslint.lintText(code, { filePath });
  refusals.push(
    results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId ?? ''}: ${message}`)),
  );
}
process.stdout.write(JSON.stringify({ tags, refusals }));
