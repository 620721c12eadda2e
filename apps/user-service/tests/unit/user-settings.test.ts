import { refusalOf } from '@cnop/testing';
import { readEnvironment, type Environment } from '@cnop/validation';
import { userSettings } from '../../src/user-settings.ts';

const keys = { keys: [{ kid: 'k', alg: 'EdDSA' }] };
const least = { CNOP_SIGNING_KEYS: JSON.stringify(keys) };

const read = (env: Environment) => readEnvironment(userSettings, env);

describe('userSettings', () => {
  it('needs keys alone', () => {
    expect(read({ ...least, CNOP_ADMIN_EMAIL: '' })).toEqual({
      keys,
      settlement: 'immediate',
      firstUsers: [],
    });
  });

  it('reads all that may be set', () => {
    const settings = read({
      ...least,
      CNOP_SETTLEMENT: 'deferred',
      CNOP_CURRENCIES: 'USD, EUR',
      CNOP_ADMIN_USERNAME: 'Root',
      CNOP_ADMIN_PASSWORD: 'correct horse battery staple',
      CNOP_ADMIN_EMAIL: 'root@example.com',
      CNOP_PRICE_FEED_USERNAME: 'feed',
      CNOP_PRICE_FEED_PASSWORD: 'correct horse battery staple',
      CNOP_PRICE_FEED_EMAIL: 'feed@example.com',
      CNOP_VENUE_USERNAME: 'exchange',
      CNOP_VENUE_PASSWORD: 'correct horse battery staple',
      CNOP_VENUE_EMAIL: 'exchange@example.com',
    });

    expect(settings).toMatchObject({
      settlement: 'deferred',
      currencies: ['USD', 'EUR'],
      firstUsers: [
        { username: 'root', role: 'admin', email: 'root@example.com' },
        { username: 'feed', role: 'price-feed' },
        { username: 'exchange', role: 'venue' },
      ],
    });
  });

  it.each([
    [{}, ['CNOP_SIGNING_KEYS is required']],
    [{ CNOP_SIGNING_KEYS: '[]' }, ['CNOP_SIGNING_KEYS must be a JSON Web Key Set of private keys']],
    [{ CNOP_SIGNING_KEYS: 'secret' }, ['CNOP_SIGNING_KEYS must be a JSON Web Key Set of private keys']],
    [
      { ...least, CNOP_CURRENCIES: 'usd, EUR, XAU, secretly' },
      ['CNOP_CURRENCIES must be ISO 4217 codes with commas, which these are not: usd, XAU, sec'],
    ],
    [
      { ...least, CNOP_ADMIN_USERNAME: '-secret', CNOP_ADMIN_PASSWORD: 'secret', CNOP_ADMIN_EMAIL: 'secret' },
      [
        'CNOP_ADMIN_USERNAME must be 3 to 30 letters, digits, dots, hyphens and underscores, the first a letter or digit',
        'CNOP_ADMIN_PASSWORD must have 12 to 128 characters',
        'CNOP_ADMIN_EMAIL must be an email address of at most 254 characters',
      ],
    ],
    [{ ...least, CNOP_ADMIN_USERNAME: 'root' }, ['CNOP_ADMIN_PASSWORD is required', 'CNOP_ADMIN_EMAIL is required']],
    [
      { ...least, CNOP_PRICE_FEED_EMAIL: 'feed@example.com', CNOP_PRICE_FEED_PASSWORD: 'a long enough password' },
      ['CNOP_PRICE_FEED_USERNAME is required'],
    ],
    [
      { CNOP_ADMIN_EMAIL: 'secret', CNOP_ADMIN_PASSWORD: 'a long enough password', CNOP_SETTLEMENT: 'later' },
      [
        'CNOP_SIGNING_KEYS is required',
        'CNOP_SETTLEMENT must be immediate or deferred',
        expect.stringMatching(/^CNOP_ADMIN_EMAIL (?!is required).+/) as string,
        'CNOP_ADMIN_USERNAME is required',
      ],
    ],
  ])('names all that is missing or wrong in %p, and never a value', async (env, expected) => {
    const error = await refusalOf(Promise.resolve(env).then(read));

    expect(error.code).toBe('CONFIGURATION_INVALID');
    expect(error.message.replace('configuration: ', '').split('; ')).toEqual(expected);
    expect(JSON.stringify(error.details)).not.toMatch(/secret|long enough/);
  });
});
