import { emailSchema, ownerSchema, passwordSchema, usernameSchema } from '@cnop/validation';
import fc from 'fast-check';

import { accepted } from '../support/accepted.ts';

const longestEmail = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(56)}.test`;

describe('usernameSchema', () => {
  it.each([
    ['ann', 'ann'],
    ['Ann.B_c-9', 'ann.b_c-9'],
    ['0ab', '0ab'],
    ['a'.repeat(30), 'a'.repeat(30)],
  ])('takes %s as %s', (input, username) => {
    expect(accepted(usernameSchema, input)).toBe(username);
  });

  it.each([
    '',
    'ab',
    'a'.repeat(31),
    '.ann',
    '-ann',
    '_ann',
    ' ann',
    'ann ',
    'ann\n',
    'an n',
    'ann#x',
    'änn',
    'ann\0',
    'ann/x',
    42,
    null,
  ])('refuses %j', (input) => {
    expect(accepted(usernameSchema, input)).toBeUndefined();
  });

  it('refuses look-alikes that lower-casing would turn into ASCII', () => {
    const kelvinSign = '\u212A';
    expect(kelvinSign.toLowerCase()).toBe('k');

    expect(accepted(usernameSchema, `${kelvinSign}elvin`)).toBeUndefined();
    expect(accepted(usernameSchema, '\u0130van')).toBeUndefined();
  });

  it('gives the same name for what it gave', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{2,29}$/), (input) => {
        const username = accepted(usernameSchema, input);

        expect(username).toBe(input.toLowerCase());
        expect(accepted(usernameSchema, username)).toBe(username);
      }),
    );
  });
});

describe('ownerSchema', () => {
  it.each([
    'a',
    'ada',
    'Ada',
    '0',
    'auth0|64f1c2d3e4b5a6978890abcd',
    '8f14e45f-ceea-467f-9575-a7a0c1e5b6d2',
    'google-oauth2|103547991597142817347',
    'ada+trading@example.com',
    'urn:user_1.a',
    's:LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ',
    'x'.repeat(64),
  ])('takes %s as it is', (owner) => {
    expect(accepted(ownerSchema, owner)).toBe(owner);
  });

  it.each([
    '',
    'x'.repeat(65),
    '.ada',
    '|ada',
    ' ada',
    'ada ',
    'ada\n',
    'a da',
    'ada#x',
    '#fee:EUR',
    'ada/x',
    'ada%23',
    'äda',
    'ada\0',
    42,
    null,
  ])('refuses %j', (input) => {
    expect(accepted(ownerSchema, input)).toBeUndefined();
  });

  it('takes every username as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{2,29}$/), (input) => {
        const username = accepted(usernameSchema, input);

        expect(accepted(ownerSchema, username)).toBe(username);
      }),
    );
  });
});

describe('emailSchema', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    [' Ann.B+Tag@Mail.Example.COM\t', 'ann.b+tag@mail.example.com'],
    [longestEmail, longestEmail],
  ])('takes %j as %s', (input, email) => {
    expect(accepted(emailSchema, input)).toBe(email);
  });

  it.each([
    '',
    'ann',
    'ann@',
    '@example.com',
    'ann@example',
    'a b@example.com',
    'ann@ex#mple.com',
    'a#b@example.com',
    'ann@example.com\0',
    'a@ex-.com',
    'a@-ex.com',
    `a@${'x'.repeat(64)}.com`,
    `${'a'.repeat(65)}@example.com`,
    7,
  ])('refuses %j', (input) => {
    expect(accepted(emailSchema, input)).toBeUndefined();
  });

  it('refuses more than 254 characters', () => {
    expect(longestEmail).toHaveLength(254);

    expect(accepted(emailSchema, `a${longestEmail}`)).toBeUndefined();
  });

  it('refuses look-alikes that lower-casing would turn into ASCII', () => {
    expect(accepted(emailSchema, '\u212Aelvin@example.com')).toBeUndefined();
  });

  it('refuses a long hostile text by its length, before it looks at anything else', () => {
    const { error } = emailSchema.safeParse(`${'a.'.repeat(500_000)}@`);

    expect(error?.issues).toMatchObject([{ code: 'too_big', maximum: 254 }]);
  });
});

describe('passwordSchema', () => {
  it.each(['aaaaaaaaaaaa', ' correct horse battery ', 'p\u00e4ssw\u00f6rter \u{1F40E}', 'x'.repeat(128)])(
    'takes %j unchanged',
    (input) => {
      expect(accepted(passwordSchema, input)).toBe(input);
    },
  );

  it.each(['', 'elevenchars', 'x'.repeat(129), `${'x'.repeat(12)}\ud800`, 123_456_789_012])('refuses %j', (input) => {
    expect(accepted(passwordSchema, input)).toBeUndefined();
  });
});
