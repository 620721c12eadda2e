import { timestampSchema } from '@cnop/validation';
import fc from 'fast-check';

import { accepted } from '../support/accepted.ts';

describe('timestampSchema', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.6Z', '2026-01-02T03:04:05.600Z'],
    ['2026-01-02T03:04:05.678999Z', '2026-01-02T03:04:05.678Z'],
    ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
  ])('takes %s as %s', (input, timestamp) => {
    expect(accepted(timestampSchema, input)).toBe(timestamp);
  });

  it.each([
    '',
    'now',
    '2026-01-02',
    '2026-01-02T03:04Z',
    '2026-01-02T03:04:05',
    '2026-01-02T03:04:05+00:00',
    '2026-01-02 03:04:05Z',
    '2026-02-29T03:04:05Z',
    '2026-01-02T24:00:00Z',
    '2026-01-02T03:04:60Z',
    '2026-01-02T03:04:05.Z',
    '12026-01-02T03:04:05Z',
    1_767_323_045_000,
    null,
  ])('refuses %j', (input) => {
    expect(accepted(timestampSchema, input)).toBeUndefined();
  });

  it('gives texts that sort by time', () => {
    const dates = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    // A whole second may come with or without its zeros.
    const texts = dates.map((date) => ({ date, text: date.toISOString().replace('.000Z', 'Z') }));

    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const [first = '', second = ''] = [left, right].map(({ text }) => accepted(timestampSchema, text));

        expect(first < second).toBe(left.date < right.date);
        expect(first).toBe(left.date.toISOString());
      }),
    );
  });
});
