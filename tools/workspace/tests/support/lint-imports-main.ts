// Lints one import at each of several places, by the workspace's own configuration, as if it stood in a file there.
//   node lint-imports-main.ts '[["libs/utils/src/a.ts", "@cnop/dao-user"], …]'   prints the messages of each as JSON
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../../../../', import.meta.url)),
  // The files do not exist, so there are no types; the rule needs none.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId === '@nx/enforce-module-boundaries',
});
const messages: string[][] = [];

for (const [filePath, specifier] of JSON.parse(process.argv[2] ?? '') as [string, string][]) {
  const results = await eslint.lintText(`import * as it from '${specifier}';\n`, { filePath });
  messages.push(results.flatMap((result) => result.messages.map(({ message }) => message)));
}

process.stdout.write(JSON.stringify(messages));
