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
    for (const name in entries) if (entries[name] === null) Reflect.deleteProperty(manifest[section], name);
  }
  return JSON.stringify(manifest, undefined, 2);
}

const boundary = '@nx/enforce-module-boundaries:';
const cannot = (tag: string) => `${boundary} A project tagged with "${tag}" can only depend on`;
const notExported = /^no-restricted-(imports|syntax): .*Import what the package exports\./;
const onlySteps = /^no-restricted-(imports|syntax): .*A test counts steps/;
const forTests = /^no-restricted-(imports|syntax): .*What is made for tests is not used in production\./;
const later = (specifier: string) => `export const a = async () => await import('${specifier}');`;
const client = '@aws-sdk/client-dynamodb';

/** A file of a library, what it would say, and what lint says to that. */
const refused: readonly (readonly [file: string, code: string | Changes, said: string | RegExp])[] = [
  // Up and sideways, however it is written.
  ['aws-sts/src/a.ts', from('@cnop/dao-user'), cannot('layer:platform')],
  ['aws-sts/src/a.mts', from('@cnop/dao-user'), cannot('layer:platform')],
  ['aws-sts/src/a.ts', "export { UserDao } from '@cnop/dao-user';", cannot('layer:platform')],
  ['entities-order/src/a.ts', later('@cnop/dao-inventory'), cannot('layer:entities')],
  ['entities-order/src/a.ts', from('@cnop/dao-inventory').replace('{', 'type {'), cannot('layer:entities')],
  ['portfolio/src/a.ts', from('@cnop/flow-order'), cannot('layer:flow')],
  ['dao-order/src/a.ts', from('@cnop/dao-user'), cannot('layer:dao')],
  ['flow-order/src/a.ts', from('@cnop/workspace'), cannot('layer:flow')],
  ['dao-order/src/a.ts', from('@cnop/entities-user'), cannot('domain:order')],
  ['utils/src/a.ts', from('@cnop/validation'), `${boundary} Circular dependency`],
  ['utils/src/a.ts', "export const a: unknown = require('@cnop/dao-user');", '@typescript-eslint/no-require-imports: '],
  ['aws-sts/src/a.ts', "export type A = import('@cnop/dao-user').A;", '@typescript-eslint/consistent-type-imports: '],
  // Tests that would depend on how busy the machine is.
  ...[
    "import { setTimeout } from 'node:timers/promises'; export const a = setTimeout(5);",
    "import { performance } from 'node:perf_hooks'; export const a = performance.timeOrigin;",
    "import { sleep } from '@cnop/utils'; export const a = sleep(5);",
    'export const a = (done: () => void) => setTimeout(done, 5);',
    'export const a = performance.now();',
    'export const a = process.hrtime.bigint();',
    'export const a = (start: number) => Date.now() - start;',
    'export const a = AbortSignal.timeout(50);',
    'export const a = { timeoutMs: 50 };',
  ].map((code) => ['dao-user/tests/a.ts', code, onlySteps] as const),
  // Past the entry points.
  ['flow-order/src/a.ts', from('../../dao-user/src/index.ts'), `${boundary} Projects cannot be imported by a relative`],
  ['dao-user/src/a.ts', from('@cnop/dao-user'), `${boundary} Projects should use relative imports`],
  ['dao-user/src/a.ts', from('@cnop/entities-user/src/index.ts'), notExported],
  ['dao-user/tests/a.ts', from('@cnop/entities-user/dist/index.js'), notExported],
  ['dao-user/src/a.ts', later('@cnop/entities-user/table/a'), notExported],
  // What would put every locale of zod into a bundle.
  ...["import { z } from 'zod'; export const a = z.string();", "import z from 'zod'; export const a = z.string();"].map(
    (code) => ['dao-user/src/a.ts', code, "no-restricted-syntax: Write `import * as z from 'zod'`"] as const,
  ),
  // What is made for tests.
  ['dao-user/src/a.ts', from('@cnop/testing'), cannot('layer:dao')],
  ['dao-user/src/tests/a.ts', from('@cnop/testing'), cannot('layer:dao')],
  ['exceptions/tests/a.ts', from('@cnop/testing'), /can only depend on|Circular dependency/],
  ['dao-user/src/a.ts', from('@cnop/entities-user/testing'), forTests],
  ['entities-user/src/table/a.ts', from('../testing/a.ts'), forTests],
  ['dao-user/src/a.ts', later('@cnop/entities-user/testing'), forTests],
  // What a package declares.
  ['utils/src/a.ts', from('fastify'), `${boundary} Only packages defined in the "package.json"`],
  [
    'database-core/package.json',
    { dependencies: { [client]: '^3.0.0' }, peerDependencies: { [client]: null } },
    'no-restricted-syntax: A client is a peer',
  ],
  [
    'dao-user/package.json',
    { dependencies: { zod: '^3.0.0' } },
    /dependency-checks: .*does not contain the installed version/,
  ],
  [
    'dao-user/package.json',
    { dependencies: { zod: null }, devDependencies: { zod: '^4.6.7' } },
    /dependency-checks: .*missing from "dependencies"/,
  ],
  [
    'dao-user/package.json',
    { dependencies: { '@cnop/health': '^0.1.0' } },
    /dependency-checks: .*"@cnop\/health" package is not used/,
  ],
];
const allowed: readonly (readonly [file: string, code: string])[] = [
  ['dao-user/tests/a.ts', from('@cnop/testing')],
  ['dao-user/tests/a.ts', from('@cnop/dao-user')],
  ['dao-user/tests/a.ts', from('@cnop/entities-user/testing')],
  ['dao-user/src/a.ts', from('@cnop/entities-user/table')],
  ['dao-user/src/a.ts', "import * as z from 'zod'; export const a = z.string();"],
  ['entities-user/src/testing/a.ts', from('./make-user.ts')],
  ['flow-order/src/a.ts', from('@cnop/dao-user')],
  ['../tools/demo/src/a.ts', from('@cnop/entities-user/testing')],
];

describe('lint', () => {
  let tags: readonly string[];
  let refusals: readonly (readonly string[])[];

  beforeAll(() => {
    const input = JSON.stringify(
      [...refused, ...allowed].map(([file, code]) => [join('libs', file), textOf(join('libs', file), code)]),
    );
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
