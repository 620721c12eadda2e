import fc from 'fast-check';

import { uuidFromName } from '@cnop/utils';

const dnsNamespace = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe(uuidFromName, () => {
  it('gives the UUIDv5 of RFC 9562, appendix A.4', () => {
    expect(uuidFromName('www.example.com', dnsNamespace)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('gives different names and namespaces different ids', () => {
    const otherNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
    const names = fc.string({ unit: 'grapheme' });

    fc.assert(
      fc.property(names, names, (left, right) => {
        const [leftId, rightId] = [left, right].map((name) => uuidFromName(name, dnsNamespace));

        expect(leftId === rightId).toBe(left === right);
        expect(uuidFromName(left, otherNamespace)).not.toBe(leftId);
      }),
    );
  });

  it('refuses a namespace that is not a UUID', () => {
    expect(() => uuidFromName('name', 'orders')).toThrow(TypeError);
  });
});
