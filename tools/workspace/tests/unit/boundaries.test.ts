import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

jest.setTimeout(120_000);

const root = join(__dirname, '../../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
/** An import that is used, and so not elided. */
const from = (specifier: string) => `import { a } from '${specifier}'; export const b = a;`;
/** Entries of a manifest's sections; null removes one. */
type Changes = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

/** What the file would say: the text, or the manifest that is there with the changes. */
function textOf(file: string, code: string | Changes): string {
  if (typeof code === 'string') return code;
  const manifest = JSON.parse(read(file)) as Record<string, Record<string, string | null>>;

  for (const [section, entries] of Object.entries(code)) {
    manifest[section] = { ...manifest[section], ...entries };
    for (const [name, range] of Object.entries(entries))
      if (range === null) Reflect.deleteProperty(manifest[section], name);
  }
  return JSON.stringify(manifest, undefined, 2);
}

const cannot = (tag: string) => `@nx/enforce-module-boundaries: A project tagged with "${tag}" can only depend on`;
const circular = '@nx/enforce-module-boundaries: Circular dependency';
const notExported = /^no-restricted-(imports|syntax): .*Import what the package exports\./;
const forTests = /^no-restricted-(imports|syntax): .*What is made for tests is not used in production\./;

/** A file of the workspace, what it would say, and what lint says to that. */
const refused: readonly (readonly [file: string, code: string | Changes, said: string | RegExp])[] = [
  // Up and sideways, however it is written.
  ['libs/aws-sts/src/a.ts', from('@cnop/dao-user'), cannot('layer:platform')],
  ['libs/aws-sts/src/a.mts', from('@cnop/dao-user'), cannot('layer:platform')],
  ['libs/aws-sts/src/a.ts', "export { UserDao } from '@cnop/dao-user';", cannot('layer:platform')],
  [
    'libs/entities-order/src/a.ts',
    "export const a = async () => await import('@cnop/dao-inventory');",
    cannot('layer:entities'),
  ],
  [
    'libs/entities-order/src/a.ts',
    "import type { AssetDao } from '@cnop/dao-inventory'; export type A = AssetDao;",
    cannot('layer:entities'),
  ],
  ['libs/portfolio/src/a.ts', from('@cnop/flow-order'), cannot('layer:flow')],
  ['libs/dao-order/src/a.ts', from('@cnop/dao-user'), cannot('layer:dao')],
  ['libs/flow-order/src/a.ts', from('@cnop/sample-market'), cannot('layer:flow')],
  ['libs/dao-order/src/a.ts', from('@cnop/entities-user'), cannot('domain:order')],
  ['libs/utils/src/a.ts', from('@cnop/validation'), circular],
  [
    'libs/utils/src/a.ts',
    "export const a: unknown = require('@cnop/database-core');",
    '@typescript-eslint/no-require-imports: ',
  ],
  [
    'libs/aws-sts/src/a.ts',
    "export type A = import('@cnop/dao-user').UserDao;",
    '@typescript-eslint/consistent-type-imports: ',
  ],
  // Past the entry points.
  [
    'libs/flow-order/src/a.ts',
    from('../../dao-user/src/index.ts'),
    '@nx/enforce-module-boundaries: Projects cannot be imported by a relative',
  ],
  [
    'libs/dao-user/src/a.ts',
    from('@cnop/dao-user'),
    '@nx/enforce-module-boundaries: Projects should use relative imports',
  ],
  ['libs/dao-user/src/a.ts', from('@cnop/entities-user/src/index.ts'), notExported],
  ['libs/dao-user/tests/a.ts', from('@cnop/entities-user/dist/index.js'), notExported],
  ['libs/dao-user/src/a.ts', "export const a = async () => await import('@cnop/entities-user/table/a');", notExported],
  // What is made for tests.
  ['libs/dao-user/src/a.ts', from('@cnop/testing'), cannot('layer:dao')],
  ['libs/dao-user/src/tests/a.ts', from('@cnop/testing'), cannot('layer:dao')],
  ['libs/exceptions/tests/a.ts', from('@cnop/testing'), /can only depend on|Circular dependency/],
  ['libs/dao-user/src/a.ts', from('@cnop/entities-user/testing'), forTests],
  ['libs/entities-user/src/table/a.ts', from('../testing/a.ts'), forTests],
  ['libs/dao-user/src/a.ts', "export const a = async () => await import('@cnop/entities-user/testing');", forTests],
  // What a package declares.
  [
    'libs/utils/src/a.ts',
    from('fastify'),
    '@nx/enforce-module-boundaries: Only packages defined in the "package.json"',
  ],
  [
    'libs/database-core/package.json',
    {
      dependencies: { '@aws-sdk/client-dynamodb': '^3.0.0' },
      peerDependencies: { '@aws-sdk/client-dynamodb': null },
    },
    'no-restricted-syntax: A client is a peer',
  ],
  [
    'libs/dao-user/package.json',
    { dependencies: { zod: '^3.0.0' } },
    /^@nx\/dependency-checks: .*does not contain the installed version/,
  ],
  [
    'libs/dao-user/package.json',
    { dependencies: { zod: null }, devDependencies: { zod: '^4.6.7' } },
    /^@nx\/dependency-checks: .*missing from "dependencies"/,
  ],
  [
    'libs/dao-user/package.json',
    { dependencies: { '@cnop/health': '^0.1.0' } },
    /^@nx\/dependency-checks: .*"@cnop\/health" package is not used/,
  ],
];
const allowed: readonly (readonly [file: string, code: string])[] = [
  ['libs/dao-user/tests/a.ts', from('@cnop/testing')],
  ['libs/dao-user/tests/a.ts', from('@cnop/dao-user')],
  ['libs/dao-user/tests/a.ts', from('@cnop/entities-user/testing')],
  ['libs/dao-user/src/a.ts', from('@cnop/entities-user/table')],
  ['libs/entities-user/src/testing/a.ts', from('./make-user.ts')],
  ['libs/flow-order/src/a.ts', from('@cnop/dao-user')],
  ['tools/demo/src/a.ts', from('@cnop/entities-user/testing')],
];

describe('lint', () => {
  let tags: readonly string[];
  let refusals: readonly (readonly string[])[];

  beforeAll(() => {
    const input = JSON.stringify([...refused, ...allowed].map(([file, code]) => [file, textOf(file, code)]));
    // A process of its own: ESLint loads modules that Jest cannot.
    const output = execFileSync(process.execPath, [join(__dirname, '../support/lint-main.ts')], { cwd: root, input });
    ({ tags, refusals } = JSON.parse(output.toString()) as { tags: string[]; refusals: string[][] });
  });

  it.each(refused.map((row, index) => [...row, index] as const))('refuses in %s %j', (...[, , said, index]) => {
    const saying: unknown = typeof said === 'string' ? expect.stringContaining(said) : expect.stringMatching(said);

    expect(refusals[index]).toContainEqual(saying);
  });

  it.each(allowed.map((row, index) => [...row, index] as const))('allows in %s %j', (...[, , index]) => {
    expect(refusals[refused.length + index]).toEqual([]);
  });

  it('knows the one layer and the one domain of every project', () => {
    const projects = globSync('{apps,libs,tools}/*/package.json', { cwd: root }).map((file) => {
      const { nx } = JSON.parse(read(file)) as { nx: { tags: string[] } };
      return nx.tags.filter((tag) => /^(layer|domain):/.test(tag)).sort();
    });

    expect(projects.length).toBeGreaterThan(30);
    for (const project of projects) {
      expect(project).toEqual([expect.stringMatching(/^domain:/), expect.stringMatching(/^layer:/)]);
      expect(tags).toEqual(expect.arrayContaining(project));
    }
  });
});
