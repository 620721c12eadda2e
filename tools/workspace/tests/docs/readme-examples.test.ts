import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const firstExample = /```ts\n([\s\S]*?)```/;

const projects = ['libs', 'apps'].flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(kind, name)));

describe('the README of every library and app', () => {
  it.each(projects)('shows for %s the example that is compiled', (project) => {
    const folder = join(root, project);
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');

    expect(existsSync(join(folder, 'examples/readme.ts'))).toBe(true);
    expect(firstExample.exec(readme)?.[1]?.trim()).toBe(
      readFileSync(join(folder, 'examples/readme.ts'), 'utf8').trim(),
    );
    expect(readme.split('\n').length).toBeLessThanOrEqual(41);
  });
});
