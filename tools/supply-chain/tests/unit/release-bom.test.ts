import { releaseBom, type Bom } from '../../src/release-bom.ts';

const bom: Bom = {
  bomFormat: 'CycloneDX',
  serialNumber: 'urn:uuid:1',
  metadata: { timestamp: '2026-01-01T00:00:00.000Z', tools: [], component: { 'bom-ref': 'workspace@0.0.0' } },
  components: [{ 'bom-ref': '@x/a@1.0.0' }, { 'bom-ref': 'b@1.0.0' }],
  dependencies: [
    { ref: 'workspace@0.0.0', dependsOn: ['@x/a@1.0.0'] },
    { ref: '@x/a@1.0.0', dependsOn: ['b@1.0.0'] },
    { ref: 'b@1.0.0' },
  ],
};

describe(releaseBom, () => {
  it('is about the library, and not the workspace', () => {
    const released = releaseBom(bom, '@x/a@1.0.0');

    expect(released.metadata).toEqual({ tools: [], component: { 'bom-ref': '@x/a@1.0.0' } });
    expect(released.components).toEqual([{ 'bom-ref': 'b@1.0.0' }]);
    expect(JSON.stringify(released)).not.toContain('workspace');
  });

  it('is the same for the same release, whenever it is made', () => {
    const later = { ...bom, serialNumber: 'urn:uuid:2', metadata: { ...bom.metadata, timestamp: '2027' } };
    const other = { ...bom, components: [...bom.components, { 'bom-ref': 'c@1.0.0' }] };

    expect(releaseBom(later, '@x/a@1.0.0')).toEqual(releaseBom(bom, '@x/a@1.0.0'));
    expect(releaseBom(other, '@x/a@1.0.0').serialNumber).not.toBe(releaseBom(bom, '@x/a@1.0.0').serialNumber);
  });

  it('throws when the library is not in it', () => {
    expect(() => releaseBom(bom, '@x/z@1.0.0')).toThrow('does not hold @x/z@1.0.0');
  });
});
