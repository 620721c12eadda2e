import { wellFormedTextSchema } from '@cnop/validation';
import fc from 'fast-check';

import { accepted } from '../support/accepted.ts';

describe('wellFormedTextSchema', () => {
  it.each(['', 'a', '😀', 'e\u0301', '\n', 'שלום'])('takes %j unchanged', (input) => {
    expect(accepted(wellFormedTextSchema, input)).toBe(input);
  });

  it.each(['\ud800', 'a\udc00b', '\udc00\ud800', '😀\ud83d', 1, null])('refuses %j', (input) => {
    expect(accepted(wellFormedTextSchema, input)).toBeUndefined();
  });

  it('takes exactly the texts that come back from UTF-8 as they were', () => {
    const codeUnits = fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit));
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: codeUnits }));

    fc.assert(
      fc.property(texts, (text) => {
        expect(accepted(wellFormedTextSchema, text) === text).toBe(Buffer.from(text).toString() === text);
      }),
    );
  });
});
