import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commandsOf,
  documentedCommands,
  documentedRegistry,
  forRegistry,
} from '../../src/rehearsal/documented-commands.ts';

const root = join(__dirname, '../../../..');
const page = readFileSync(join(root, 'docs/releasing.md'), 'utf8');

describe('docs/releasing.md', () => {
  it('tells to run what the rehearsal runs, in the same order, and nothing else', () => {
    expect(commandsOf(page)).toEqual(Object.values(documentedCommands).map((command) => command as string));
  });
});

describe('.npmrc', () => {
  it('shows the settings that docs/releasing.md adds to it', () => {
    const shown = readFileSync(join(root, '.npmrc'), 'utf8').match(/(?<=^# )\S+=\S+$/gm);
    const added = [...documentedCommands.pointWorkspace.matchAll(/'(?<setting>[^']+=[^']+)'/g)];

    expect(shown).toHaveLength(2);
    expect(shown).toEqual(added.map(({ groups }) => groups?.['setting']));
  });
});

describe(forRegistry, () => {
  it('puts another registry in the place of the documented one, with and without its scheme', () => {
    const command = `npm whoami --registry=${documentedRegistry} '//npm.example.com/:_authToken=x'`;

    expect(forRegistry(command, 'http://127.0.0.1:4873/')).toBe(
      "npm whoami --registry=http://127.0.0.1:4873/ '//127.0.0.1:4873/:_authToken=x'",
    );
  });
});

describe(commandsOf, () => {
  it('takes the lines of shell, and no other blocks', () => {
    expect(commandsOf('```sh\none\n\ntwo\n```\n\n```ts\nthree\n```\n')).toEqual(['one', 'two']);
  });
});
