import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const firstExample = /```ts\n([\s\S]*?)```/;

describe('the README of every library', () => {
  it.each(readdirSync(join(root, 'libs')))('shows for %s the example that is compiled', (name) => {
    const folder = join(root, 'libs', name);
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');

    expect(existsSync(join(folder, 'examples/readme.ts'))).toBe(true);
    expect(firstExample.exec(readme)?.[1]?.trim()).toBe(
      readFileSync(join(folder, 'examples/readme.ts'), 'utf8').trim(),
    );
    expect(readme.split('\n').length).toBeLessThanOrEqual(41);
  });
});
