import { differences, forbidden, licencesOf } from '../../src/licences.ts';

describe(forbidden, () => {
  it.each(['MIT', '(MIT OR GPL-3.0)', 'MIT AND ISC', 'Apache-2.0'])('lets %s into production', (licence) => {
    expect(forbidden({ a: licence }, 'production')).toEqual([]);
  });

  it.each(['GPL-3.0', 'MIT AND GPL-3.0', 'MPL-2.0', 'UNKNOWN', 'SEE LICENSE IN X', ''])(
    'refuses %p in production',
    (licence) => {
      expect(forbidden({ a: licence }, 'production')).toEqual([
        `a is under ${licence}, which is not allowed in production.`,
      ]);
    },
  );

  it('lets more into development, and not everything', () => {
    expect(forbidden({ a: 'MPL-2.0' }, 'development')).toEqual([]);
    expect(forbidden({ a: 'AGPL-3.0-only' }, 'development')).toHaveLength(1);
  });
});

describe(licencesOf, () => {
  it('joins the licences of several versions, and tells what says none', () => {
    const packages = {
      'node_modules/a': { license: 'MIT' },
      'node_modules/b/node_modules/a': { license: 'ISC' },
      'node_modules/b': {},
    };

    expect(licencesOf({ packages }, Object.keys(packages))).toEqual({ a: 'ISC AND MIT', b: 'UNKNOWN' });
  });
});

describe(differences, () => {
  it('tells what came, what went and what changed', () => {
    expect(differences({ a: 'MIT', b: 'MIT', c: 'MIT' }, { a: 'MIT', b: 'ISC', d: 'MIT' })).toEqual([
      'b: MIT → ISC',
      'c: MIT → not installed',
      'd: not listed → MIT',
    ]);
  });
});
