import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(120_000);

const root = join(__dirname, '../../../..');
const lintImportsMain = join(__dirname, '../support/lint-imports-main.ts');

interface Project {
  readonly data: { readonly root: string; readonly tags?: readonly string[] };
}

interface Graph {
  readonly nodes: Readonly<Record<string, Project>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
}

/** The graph as Nx writes it. Also leaves it in Nx's cache, without which ESLint skips the rule. */
function readGraph(): Graph {
  const directory = mkdtempSync(join(tmpdir(), 'cnop-graph-'));
  const file = join(directory, 'graph.json');

  try {
    execFileSync(join(root, 'node_modules/.bin/nx'), ['graph', `--file=${file}`], { cwd: root, stdio: 'pipe' });
    return (JSON.parse(readFileSync(file, 'utf8')) as { graph: Graph }).graph;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What ESLint says of each import, as `file: specifier`. */
function lintImports(imports: readonly (readonly [file: string, specifier: string])[]): Map<string, string> {
  const output = execFileSync(process.execPath, [lintImportsMain, JSON.stringify(imports)], { cwd: root });
  const messages = JSON.parse(output.toString()) as string[][];

  return new Map(imports.map(([file, specifier], index) => [`${file}: ${specifier}`, messages[index]!.join('\n')]));
}

/** The layers and what each may use, as docs/packages.md draws them. */
const uses: Readonly<Record<string, readonly string[]>> = {
  app: ['edge', 'flow', 'dao', 'entities', 'platform', 'ground'],
  edge: ['platform', 'ground'],
  flow: ['dao', 'entities', 'platform', 'ground'],
  dao: ['entities', 'platform', 'ground'],
  entities: ['ground'],
  platform: ['platform', 'ground'],
  testing: ['ground'],
  ground: ['ground'],
};

let graph: Graph;

beforeAll(() => {
  graph = readGraph();
});

const tagOf = (name: string, kind: string): string =>
  graph.nodes[name]?.data.tags?.find((tag) => tag.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? '';

/** Every dependency of a project on another, tests and package.json included. */
const edges = () =>
  Object.entries(graph.dependencies).flatMap(([source, targets]) =>
    targets.filter(({ target }) => target in graph.nodes).map(({ target }) => ({ source, target })),
  );

describe('the project graph', () => {
  it('has every library, each with one layer and one domain', () => {
    const libs = Object.keys(graph.nodes).filter((name) => graph.nodes[name]?.data.root.startsWith('libs/'));

    expect(libs.length).toBeGreaterThanOrEqual(16);
    for (const name of libs) {
      expect(Object.keys(uses)).toContain(tagOf(name, 'layer'));
      expect(['user', 'order', 'inventory', 'shared', 'any']).toContain(tagOf(name, 'domain'));
    }
  });

  it('only points down the layers; tests above the ground may use the testing layer, tools anything', () => {
    const wrong = edges().filter(({ source, target }) => {
      const [from, to] = [tagOf(source, 'layer'), tagOf(target, 'layer')];
      return from !== 'tool' && !uses[from]?.includes(to) && !(to === 'testing' && from !== 'ground');
    });

    expect(edges().length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  it('stays within a domain and what is shared', () => {
    const wrong = edges().filter(({ source, target }) => {
      const [from, to] = [tagOf(source, 'domain'), tagOf(target, 'domain')];
      return from !== 'any' && to !== from && to !== 'shared';
    });

    expect(wrong).toEqual([]);
  });
});

describe('lint', () => {
  const against = [
    ['libs/utils/src/a.ts', '@cnop/dao-user', /circular dependency/i],
    ['libs/aws-sts/src/a.ts', '@cnop/dao-user', /"layer:platform" can only depend on/],
    ['libs/entities-order/src/a.ts', '@cnop/dao-inventory', /"layer:entities" can only depend on/],
    ['libs/dao-order/src/a.ts', '@cnop/dao-user', /"layer:dao" can only depend on/],
    ['libs/entities-order/src/a.ts', '@cnop/entities-user', /can only depend on/],
    ['libs/dao-user/src/a.ts', '@cnop/testing', /"layer:dao" can only depend on/],
    ['libs/utils/tests/a.ts', '@cnop/testing', /circular dependency|"layer:ground" can only depend on/i],
    ['libs/flow-order/src/a.ts', '../../dao-user/src/index.ts', /relative/],
  ] as const;
  const allowed = [
    ['libs/dao-user/tests/a.ts', '@cnop/testing'],
    ['libs/dao-user/src/a.ts', '@cnop/entities-user'],
    ['libs/flow-order/src/a.ts', '@cnop/dao-user'],
    ['tools/demo/src/a.ts', '@cnop/testing'],
  ] as const;
  let messages: Map<string, string>;

  beforeAll(() => {
    messages = lintImports([...against.map(([file, specifier]) => [file, specifier] as const), ...allowed]);
  });

  it.each(against)('refuses in %s an import of %s', (file, specifier, message) => {
    expect(messages.get(`${file}: ${specifier}`)).toMatch(message);
  });

  it.each(allowed)('allows in %s an import of %s', (file, specifier) => {
    expect(messages.get(`${file}: ${specifier}`)).toBe('');
  });
});
