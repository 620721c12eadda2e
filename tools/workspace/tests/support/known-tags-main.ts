// Prints every tag that the boundary rule of the workspace's configuration knows, as JSON: `node known-tags-main.ts`.
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

interface Configuration {
  readonly rules: {
    readonly '@nx/enforce-module-boundaries': [
      number,
      { readonly depConstraints: readonly { readonly sourceTag: string }[] },
    ];
  };
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const configuration = (await new ESLint({ cwd: root }).calculateConfigForFile('libs/utils/src/a.ts')) as Configuration;
const [, { depConstraints }] = configuration.rules['@nx/enforce-module-boundaries'];

process.stdout.write(JSON.stringify(depConstraints.map(({ sourceTag }) => sourceTag)));
