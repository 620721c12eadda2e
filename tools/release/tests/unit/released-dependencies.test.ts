import { releasedDependencies } from '../../src/nx/released-dependencies.ts';

const edge = (target: string) => ({ source: '@cnop/flow-order', target, type: 'static' });
const packageNameOf = (target: string) => target.replace(/^npm:/, '');

describe(releasedDependencies, () => {
  it('keeps what the manifest declares for consumers', () => {
    const edges = [
      edge('@cnop/dao-order'),
      edge('npm:zod'),
      edge('npm:@aws-sdk/client-sts'),
      edge('@dynoxide/linux-x64'),
    ];
    const manifest = {
      dependencies: { '@cnop/dao-order': '^0.1.0', zod: '^4.0.0' },
      peerDependencies: { '@aws-sdk/client-sts': '^3.0.0' },
      optionalDependencies: { '@dynoxide/linux-x64': '1.2.1' },
    };

    const released = releasedDependencies(edges, manifest, packageNameOf);

    expect(released).toEqual(edges);
  });

  it('drops what only tests and builds use', () => {
    const manifest = { dependencies: {}, devDependencies: { '@cnop/testing': '^0.1.0' } };

    const released = releasedDependencies([edge('@cnop/testing'), edge('npm:jest')], manifest, packageNameOf);

    expect(released).toEqual([]);
  });
});
