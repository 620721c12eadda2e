import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const firstExample = /```ts\n([\s\S]*?)```/;

const projects = ['libs', 'apps'].flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(kind, name)));

describe('the README of every library and app', () => {
  it.each([
    { doc: 'own-flows', lib: 'dao-ledger', examples: ['own-flow', 'holds'] },
    { doc: 'venues', lib: 'flow-order', examples: ['venue-adapter'] },
  ])('is so for the page $doc', ({ doc, lib, examples }) => {
    const page = readFileSync(join(root, `docs/${doc}.md`), 'utf8');
    const compiled = examples.map((name) => readFileSync(join(root, `libs/${lib}/examples/${name}.ts`), 'utf8').trim());

    expect([...page.matchAll(new RegExp(firstExample, 'g'))].map(([, example]) => example?.trim())).toEqual(compiled);
  });

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

describe('the links of the README of a library, which a page of a registry shows too', () => {
  const links = readdirSync(join(root, 'libs')).flatMap((name) => {
    const folder = join(root, 'libs', name);
    const { repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly repository: { readonly url: string };
    };
    const files = repository.url.replace(/^git\+/, '').replace(/\.git$/, '/blob/main/');
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');

    return [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => ({ name, link, files }));
  });

  it('are absolute, and lead to what is there', () => {
    const inRepository = links.filter(({ link, files }) => link.startsWith(files));
    const missing = inRepository.filter(({ link, files }) => {
      const [path = ''] = link.replace(files, '').split('#');
      return !existsSync(join(root, path));
    });

    expect(links.filter(({ link }) => !link.startsWith('https://'))).toEqual([]);
    expect(inRepository.length).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });
});
