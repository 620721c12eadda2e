import { newVersions, rangeProblems, withDependents, type Manifest } from '../../src/rehearsal/release-plan.ts';

const manifests: readonly Manifest[] = [
  { name: '@cnop/utils', version: '1.0.0' },
  { name: '@cnop/dao', version: '1.2.0', dependencies: { '@cnop/utils': '^1.0.0' } },
  { name: '@cnop/flow', version: '2.0.0', peerDependencies: { '@cnop/dao': '^1.2.0' } },
  { name: '@cnop/health', version: '1.0.0', dependencies: { zod: '^4.0.0' } },
];

describe(withDependents, () => {
  it('finds those that depend on a package through others', () => {
    expect(withDependents('@cnop/utils', manifests)).toEqual(['@cnop/dao', '@cnop/flow', '@cnop/utils']);
  });

  it('finds a package alone that nothing depends on', () => {
    expect(withDependents('@cnop/health', manifests)).toEqual(['@cnop/health']);
  });
});

describe(newVersions, () => {
  it('names what has another version', () => {
    const after = manifests.map((each) => (each.name === '@cnop/dao' ? { ...each, version: '1.2.1' } : each));

    expect(newVersions(manifests, after)).toEqual([['@cnop/dao', '1.2.1']]);
  });
});

describe(rangeProblems, () => {
  it('accepts ranges that begin at the present versions', () => {
    expect(rangeProblems(manifests)).toEqual([]);
  });

  it.each(['*', '1.0.0', '^0.9.0', 'workspace:*'])('refuses %s', (range) => {
    const wrong: Manifest = { name: '@cnop/wrong', version: '1.0.0', dependencies: { '@cnop/utils': range } };

    expect(rangeProblems([...manifests, wrong])).toEqual([
      `@cnop/wrong asks for @cnop/utils ${range}, and its version is 1.0.0`,
    ]);
  });
});
