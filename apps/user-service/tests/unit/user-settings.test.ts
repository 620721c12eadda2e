import { userSettingsFromEnv } from '../../src/user-settings.ts';

const keys = { keys: [{ kid: 'k', alg: 'EdDSA' }] };
const least = { CNOP_SIGNING_KEYS: JSON.stringify(keys) };

describe(userSettingsFromEnv, () => {
  it('needs keys alone', () => {
    expect(userSettingsFromEnv({ ...least, CNOP_ADMIN_EMAIL: '' })).toEqual({
      keys,
      settlement: 'immediate',
      firstUsers: [],
    });
  });

  it('reads all that may be set', () => {
    const settings = userSettingsFromEnv({
      ...least,
      CNOP_SETTLEMENT: 'deferred',
      CNOP_CURRENCIES: 'USD, EUR',
      CNOP_ADMIN_USERNAME: 'Root',
      CNOP_ADMIN_PASSWORD: 'correct horse battery staple',
      CNOP_ADMIN_EMAIL: 'root@example.com',
      CNOP_PRICE_FEED_USERNAME: 'feed',
      CNOP_PRICE_FEED_PASSWORD: 'correct horse battery staple',
      CNOP_PRICE_FEED_EMAIL: 'feed@example.com',
    });

    expect(settings).toMatchObject({
      settlement: 'deferred',
      currencies: ['USD', 'EUR'],
      firstUsers: [
        { username: 'root', role: 'admin', email: 'root@example.com' },
        { username: 'feed', role: 'price-feed' },
      ],
    });
  });

  it.each([
    [{}, 'CNOP_SIGNING_KEYS', 'is required'],
    [{ CNOP_SIGNING_KEYS: '[]' }, 'CNOP_SIGNING_KEYS', 'must be a JSON Web Key Set of private keys'],
    [{ CNOP_SIGNING_KEYS: 'secret' }, 'CNOP_SIGNING_KEYS', 'must be a JSON Web Key Set of private keys'],
    [{ ...least, CNOP_CURRENCIES: 'USD,BTC' }, 'CNOP_CURRENCIES', 'must be ISO 4217 codes with commas'],
    [{ ...least, CNOP_ADMIN_USERNAME: 'root' }, 'CNOP_ADMIN_PASSWORD', 'is required'],
    [{ ...least, CNOP_PRICE_FEED_EMAIL: 'feed@example.com' }, 'CNOP_PRICE_FEED_USERNAME', 'is required'],
  ])('names what is wrong in %p, and never its value', (env, setting, rule) => {
    expect(() => userSettingsFromEnv(env)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', details: { settings: [{ setting, rule }] } }) as Error,
    );
  });
});
