import { commandsOf } from '../../src/documented-commands.ts';
import { packagesOf, recipesOf } from '../../src/recipes.ts';
import { runLine } from '../../src/rehearsal.ts';
import { rangeProblems } from '../../src/release-plan.ts';

it.each([
  ['^1.0.0', 0],
  ['*', 1],
  ['1.0.0', 1],
  ['^0.9.0', 1],
])('judges the range %s by which a package asks for another of version 1.0.0', (range, problems) => {
  const utils = { folder: 'libs/utils', name: '@x/utils', version: '1.0.0', dependencies: { zod: '*' } };
  const dao = { folder: 'libs/dao', name: '@x/dao', version: '1.2.0', dependencies: { '@x/utils': range } };

  expect(rangeProblems([utils, dao])).toHaveLength(problems);
});

it('takes the lines of shell of a section, or of the whole document', () => {
  const page = '\n## A\n```sh\none\n\ntwo\n```\n```ts\nno\n```\n## B\n```sh\nthree\n```\n';

  expect(commandsOf(page)).toEqual(['one', 'two', 'three']);
  expect(commandsOf(page, 'A')).toEqual(['one', 'two']);
});

it('takes a recipe from a section: files, packages, commands, and what is printed', () => {
  const files = '```js file=a.mjs\nconsole.log(1); // 1\n```\n```json file=b.json\n{}\n```\n';
  const page = `\n## Why\nBecause.\n## A\n${files}\`\`\`sh\nnpm install --save-dev @x/y@1 z\nnode a.mjs\n\`\`\`\n`;

  expect(recipesOf(page)).toEqual([
    {
      title: 'A',
      files: { 'a.mjs': 'console.log(1); // 1\n', 'b.json': '{}\n' },
      packages: ['@x/y@1', 'z'],
      commands: ['node a.mjs'],
      prints: ['1'],
    },
  ]);
  expect(packagesOf('npm install a -D b')).toEqual(['a', 'b']);
});

describe(runLine, () => {
  const options = { cwd: __dirname, env: process.env };

  it('throws what a line that fails printed, on both outputs', async () => {
    const stop = new AbortController().signal;

    expect(await runLine('echo one; echo two >&2', options, stop)).toBe('one\n');
    await expect(runLine('echo out; echo err >&2; exit 3', options, stop)).rejects.toThrow(/ended with 3.\nout\nerr/);
  });

  it('ends all that a line has started when it must stop', async () => {
    const stop = new AbortController();
    const running = runLine('sleep 60 & wait', options, stop.signal);
    stop.abort(new Error('enough'));

    await expect(running).rejects.toThrow('enough');
  });
});
