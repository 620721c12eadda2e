import { join } from 'node:path';
import { librariesOfLayers } from '@cnop/workspace';
import { entitiesLibraries } from '../support/entities/entities-libraries.ts';
import { entityFuzzes } from '../support/entities/entity-fuzzes.ts';
import { targets } from '../support/public-methods.ts';

const directory = join(__dirname, '../../../../libs');

it('knows every library of the layer entities, and no other', () => {
  const existing = librariesOfLayers(directory, ['entities']);

  expect(Object.keys(entitiesLibraries).toSorted()).toEqual(existing);
  expect([...new Set(entityFuzzes.map(({ library }) => library))].toSorted()).toEqual(existing);
});

it.each(librariesOfLayers(directory, ['dao']))('knows every DAO of %s', async (name) => {
  const exported = Object.keys((await import(`@cnop/${name}`)) as object);
  const daos = exported.filter((each) => /^[A-Z].*Dao$/.test(each));

  expect(daos.length).toBeGreaterThan(0);
  expect(daos.filter((dao) => !(dao in targets))).toEqual([]);
});
