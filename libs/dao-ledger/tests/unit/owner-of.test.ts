import { ownerSchema } from '@cnop/validation';
import fc from 'fast-check';
import { ownerOf } from '../../src/index.ts';

describe(ownerOf, () => {
  it('is the digest of issuer, line feed and subject', () => {
    // printf 'https://id.example.com/\nauth0|64f1c2d3' | openssl dgst -sha256 -binary | basenc --base64url | tr -d =
    expect(ownerOf('https://id.example.com/', 'auth0|64f1c2d3')).toBe('s:ZWwdoVMdwPtUX-MtI8nAGuv-kxQRySEiRuSQy0GzIJA');
  });

  it('differs by issuer and by subject, and by the case of either', () => {
    const owners = [
      ownerOf('https://id.example.com/', 'ada'),
      ownerOf('https://id.example.com/', 'Ada'),
      ownerOf('https://ID.example.com/', 'ada'),
      ownerOf('https://id.example.org/', 'ada'),
      ownerOf('https://id.example.com/a', 'da'),
    ];

    expect(new Set(owners).size).toBe(owners.length);
  });

  it('is an owner, whatever the subject', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (iss, sub) => {
        const owner = ownerOf(iss, sub);

        expect(ownerSchema.parse(owner)).toBe(owner);
        expect(ownerOf(iss, sub)).toBe(owner);
      }),
    );
  });

  it('refuses an issuer with a line feed, which could stand for another pair', () => {
    expect(() => ownerOf('https://id.example.com/\na', 'da')).toThrow('line feed');
  });

  it.each([undefined, null, 7, '', '\uD800', 'a\uDFFFb'])(
    'refuses the subject or issuer %p, which others could share',
    (value) => {
      expect(() => ownerOf('https://id.example.com/', value as string)).toThrow('sub must be a text');
      expect(() => ownerOf(value as string, 'ada')).toThrow('iss must be a text');
    },
  );
});
