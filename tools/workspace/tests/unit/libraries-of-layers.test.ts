import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { librariesOfLayers } from '@cnop/workspace';

describe(librariesOfLayers, () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'libraries-'));
    const layers = {
      'entities-y': 'entities',
      'entities-x': 'entities',
      'dao-x': 'dao',
      'flow-x': 'flow',
      utils: 'ground',
    };
    for (const [name, layer] of Object.entries(layers)) {
      mkdirSync(join(directory, name));
      writeFileSync(join(directory, name, 'package.json'), JSON.stringify({ nx: { tags: [`layer:${layer}`] } }));
    }
    mkdirSync(join(directory, 'no-package'));
    mkdirSync(join(directory, 'untagged'));
    writeFileSync(join(directory, 'untagged', 'package.json'), '{}');
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('finds the libraries of a layer and no others', () => {
    expect(librariesOfLayers(directory, ['entities'])).toEqual(['entities-x', 'entities-y']);
  });

  it('finds those of several layers', () => {
    expect(librariesOfLayers(directory, ['dao', 'flow'])).toEqual(['dao-x', 'flow-x']);
  });
});
