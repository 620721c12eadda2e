import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readGraph, type Graph } from '../support/read-graph.ts';

jest.setTimeout(120_000);

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
let knownTags: readonly string[];

beforeAll(() => {
  graph = readGraph();
  const output = execFileSync(process.execPath, [join(__dirname, '../support/known-tags-main.ts')]);
  knownTags = JSON.parse(output.toString()) as string[];
});

const tagOf = (name: string, kind: string): string =>
  graph.nodes[name]?.data.tags?.find((tag) => tag.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? '';

/** Every dependency of a project on another, tests and package.json included. */
const edges = () =>
  Object.entries(graph.dependencies).flatMap(([source, targets]) =>
    targets.filter(({ target }) => target in graph.nodes).map(({ target }) => ({ source, target })),
  );

describe('the project graph', () => {
  it('has every project of lint, each with one layer and one domain that the rule knows', () => {
    const projects = Object.entries(graph.nodes).map(([name, { data }]) => ({
      name,
      tags: data.tags?.filter((tag) => /^(layer|domain):/.test(tag)).sort() ?? [],
    }));

    expect(projects.length).toBeGreaterThanOrEqual(24);
    for (const { tags } of projects) {
      expect(tags).toEqual([expect.stringMatching(/^domain:/), expect.stringMatching(/^layer:/)]);
      expect(knownTags).toEqual(expect.arrayContaining(tags));
    }
  });

  it('has a library in no layer but those of the picture', () => {
    const libs = Object.keys(graph.nodes).filter((name) => graph.nodes[name]?.data.root.startsWith('libs/'));

    expect(libs.length).toBeGreaterThanOrEqual(16);
    for (const name of libs) expect(Object.keys(uses)).toContain(tagOf(name, 'layer'));
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
