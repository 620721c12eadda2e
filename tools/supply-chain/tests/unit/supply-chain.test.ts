import { billOf } from '../../src/bill.ts';
import { broughtIn, refusedLicences, type Package } from '../../src/packages.ts';

const at = (location: string, to: readonly string[] = [], more: Partial<Package> = {}): Package => {
  const name = location.split('node_modules/').at(-1) ?? '';
  return { name, version: '1.0.0', license: 'MIT', location, to, ...more };
};
const library = at(
  'libs/a',
  ['node_modules/@x/c', 'libs/a/node_modules/b', 'node_modules/p', 'node_modules/q', 'node_modules/jest'],
  {
    name: '@x/a',
    dependencies: { '@x/c': '1', b: '1' },
    peerDependencies: { p: '1', q: '1' },
    peerDependenciesMeta: { q: { optional: true } },
  },
);
const all = [
  library,
  at('libs/c', ['node_modules/b'], { name: '@x/c', dependencies: { b: '1' }, optionalDependencies: { absent: '1' } }),
  at('libs/a/node_modules/b', [], { version: '2.0.0' }),
  ...['b', 'p', 'q', 'jest'].map((name) => at(`node_modules/${name}`)),
];

describe('the supply chain', () => {
  it.each([
    [true, ['libs/c', 'libs/a/node_modules/b', 'node_modules/b', 'node_modules/p']],
    [false, ['libs/c', 'libs/a/node_modules/b', 'node_modules/b']],
  ])('follows packages of the workspace, nearest copies and, if %p, required peers', (peers, places) => {
    expect(
      broughtIn(all, library, { peers })
        .map(({ location }) => location)
        .sort(),
    ).toEqual(places.sort());
  });

  it('is written down for a library as the same bill each time, with what uses what', () => {
    const bill = billOf(all, library);

    expect(bill).toBe(billOf(all.toReversed(), library));
    expect(JSON.parse(bill)).toMatchObject({
      metadata: { component: { 'bom-ref': '@x/a@1.0.0' } },
      components: [{ name: 'c' }, { name: 'b', version: '1.0.0' }, { name: 'b', version: '2.0.0' }],
      dependencies: expect.arrayContaining([{ ref: '@x/a@1.0.0', dependsOn: ['@x/c@1.0.0', 'b@2.0.0'] }]) as unknown,
    });
  });

  it.each(['GPL-3.0', 'MIT AND GPL-3.0', 'MPL-2.0', 'SEE LICENSE IN X', ''])(
    'refuses the licence %p in production',
    (license) => {
      expect(refusedLicences([at('node_modules/b', [], { license })], 'production')).toEqual([
        `b: ${license} is not allowed in production.`,
      ]);
    },
  );

  it('allows a choice that has one allowed licence, and more in development, but not everything', () => {
    const under = (license: string) => [at('node_modules/b', [], { license })];

    expect(refusedLicences(under('(MIT OR GPL-3.0)'), 'production')).toEqual([]);
    expect(refusedLicences(under('MPL-2.0'), 'development')).toEqual([]);
    expect(refusedLicences(under('AGPL-3.0-only'), 'development')).toHaveLength(1);
  });
});
