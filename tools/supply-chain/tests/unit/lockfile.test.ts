import { installedPlaces, nameAt, productionPlaces, type Lockfile } from '../../src/lockfile.ts';

const lockfile: Lockfile = {
  packages: {
    '': { name: 'workspace' },
    'libs/a': {
      name: '@x/a',
      dependencies: { b: '1', '@x/c': '1' },
      peerDependencies: { p: '1', q: '1' },
      peerDependenciesMeta: { q: { optional: true } },
    },
    'libs/c': { name: '@x/c', dependencies: { d: '1' }, optionalDependencies: { absent: '1' } },
    'libs/a/node_modules/b': { version: '2' },
    'node_modules/@x/a': { link: true },
    'node_modules/@x/c': { link: true },
    'node_modules/b': { version: '1', dependencies: { tool: '1' } },
    'node_modules/d': { dependencies: { b: '1', d2: '1' } },
    'node_modules/d/node_modules/d2': { dependencies: { d: '1' } },
    'node_modules/p': {},
    'node_modules/q': {},
    'node_modules/tool': {},
  },
};

describe(productionPlaces, () => {
  it('finds the nearest copy of each dependency, those of the workspace followed', () => {
    expect(productionPlaces(lockfile, 'libs/a')).toEqual([
      'libs/a/node_modules/b',
      'node_modules/b',
      'node_modules/d',
      'node_modules/d/node_modules/d2',
      'node_modules/p',
      'node_modules/tool',
    ]);
  });

  it('leaves out what only others need', () => {
    expect(productionPlaces(lockfile, 'libs/c')).not.toContain('node_modules/p');
  });

  it('throws for a link to nothing', () => {
    const broken = { packages: { 'libs/a': { dependencies: { '@x/z': '1' } }, 'node_modules/@x/z': { link: true } } };

    expect(() => productionPlaces(broken, 'libs/a')).toThrow('links @x/z to nothing');
  });
});

describe(installedPlaces, () => {
  it('holds all from outside, and nothing of the workspace', () => {
    const places = installedPlaces(lockfile);

    expect(places).toHaveLength(7);
    expect(places).not.toContain('node_modules/@x/a');
  });
});

describe(nameAt, () => {
  it.each([
    ['node_modules/a', 'a'],
    ['node_modules/a/node_modules/@b/c', '@b/c'],
  ])('of %s is %s', (place, name) => {
    expect(nameAt(place)).toBe(name);
  });
});
