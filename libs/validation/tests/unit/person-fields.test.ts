import { createManualClock } from '@cnop/utils';
import { createDateOfBirthSchema, dateOfBirthSchema, personNameSchema, phoneSchema } from '@cnop/validation';

import { accepted } from '../support/accepted.ts';

describe('personNameSchema', () => {
  it.each([
    ['Ann', 'Ann'],
    ['  Anna Maria ', 'Anna Maria'],
    ["Seán O'Neill-Núñez", "Seán O'Neill-Núñez"],
    ['山田', '山田'],
    ['Rene\u0301', 'Ren\u00e9'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['x'.repeat(100), 'x'.repeat(100)],
  ])('takes %j as %j', (input, name) => {
    expect(accepted(personNameSchema, input)).toBe(name);
  });

  it.each([
    '',
    '   ',
    '\u200b',
    '\u200d',
    'Ann\u202e',
    '\u2066Ann',
    'A\u200bnn',
    '\ufeff',
    'x'.repeat(101),
    'a\nb',
    'a\0b',
    'a\u0085b',
    'a\u2028b',
    'a\ud800b',
    null,
  ])('refuses %j', (input) => {
    expect(accepted(personNameSchema, input)).toBeUndefined();
  });
});

describe('phoneSchema', () => {
  it.each(['+4930123456', '+15551234567', '+123456789012345'])('takes %s', (input) => {
    expect(accepted(phoneSchema, input)).toBe(input);
  });

  it.each(['', '4930123456', '+0123456789', '+49 30 123456', '+1234567890123456', '+12', '+49-30'])(
    'refuses %j',
    (input) => {
      expect(accepted(phoneSchema, input)).toBeUndefined();
    },
  );
});

describe('dateOfBirthSchema', () => {
  it.each(['1900-01-01', '1992-02-29', '2000-02-29', '2020-12-31'])('takes %s', (input) => {
    expect(accepted(dateOfBirthSchema, input)).toBe(input);
  });

  it.each([
    '',
    '1899-12-31',
    '1900-02-29',
    '1990-02-30',
    '1990-13-01',
    '1990-1-1',
    '01.02.1990',
    '1990-01-01T00:00:00Z',
    '2999-01-01',
  ])('refuses %j', (input) => {
    expect(accepted(dateOfBirthSchema, input)).toBeUndefined();
  });

  it('takes yesterday and refuses today, by the clock in UTC', () => {
    const clock = createManualClock('2026-05-06T23:59:59.999Z');
    const schema = createDateOfBirthSchema(clock);

    expect(accepted(schema, '2026-05-05')).toBe('2026-05-05');
    expect(accepted(schema, '2026-05-06')).toBeUndefined();

    clock.advance(1);
    expect(accepted(schema, '2026-05-06')).toBe('2026-05-06');
  });

  it('breaks one rule at a time', () => {
    expect(dateOfBirthSchema.safeParse('1899-13-01').error?.issues).toHaveLength(1);
  });
});
