import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { librariesOfLayer } from '../../src/libraries-of-layer.ts';
import { entitiesLibraries } from '../support/entities/entities-libraries.ts';
import { entityFuzzes } from '../support/entities/entity-fuzzes.ts';
import { targets } from '../support/public-methods.ts';

const directory = join(__dirname, '../../../../libs');

describe(librariesOfLayer, () => {
  it('finds the libraries of a layer and no others', () => {
    const made = mkdtempSync(join(tmpdir(), 'libraries-'));
    for (const [name, layer] of Object.entries({
      'entities-y': 'entities',
      'entities-x': 'entities',
      'dao-x': 'dao',
    })) {
      mkdirSync(join(made, name));
      writeFileSync(join(made, name, 'package.json'), JSON.stringify({ nx: { tags: [`layer:${layer}`] } }));
    }
    mkdirSync(join(made, 'no-package'));
    mkdirSync(join(made, 'untagged'));
    writeFileSync(join(made, 'untagged', 'package.json'), '{}');

    const names = librariesOfLayer(made, 'entities');
    rmSync(made, { recursive: true });

    expect(names).toEqual(['entities-x', 'entities-y']);
  });
});

it('knows every library of the layer entities, and no other', () => {
  const existing = librariesOfLayer(directory, 'entities');

  expect(Object.keys(entitiesLibraries).toSorted()).toEqual(existing);
  expect([...new Set(entityFuzzes.map(({ library }) => library))].toSorted()).toEqual(existing);
});

it.each(librariesOfLayer(directory, 'dao'))('knows every DAO of %s', async (name) => {
  const exported = Object.keys((await import(`@cnop/${name}`)) as object);
  const daos = exported.filter((each) => /^[A-Z].*Dao$/.test(each));

  expect(daos.length).toBeGreaterThan(0);
  expect(daos.filter((dao) => !(dao in targets))).toEqual([]);
});
