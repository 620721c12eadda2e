import { rateLimitsFromEnv, readEnvironment, serviceSettingsFromEnv } from '@cnop/middleware';
import { z } from 'zod';

const least = { CNOP_TOKEN_ISSUER: 'https://cnop.example' };

describe('serviceSettingsFromEnv', () => {
  it('has defaults for all but the issuer', () => {
    expect(serviceSettingsFromEnv('x', { ...least, CNOP_CORS_ORIGINS: '' })).toEqual({
      listen: { port: 3000, host: '127.0.0.1' },
      tokens: { issuer: 'https://cnop.example', audience: 'cnop' },
      server: { logging: { name: 'x', level: 'info' } },
      rateLimits: {},
      loadShedding: {},
      securityHeaders: {},
    });
  });

  it('reads all that may be set', () => {
    const settings = serviceSettingsFromEnv('x', {
      ...least,
      CNOP_TOKEN_AUDIENCE: 'all',
      CNOP_LOG_LEVEL: 'debug',
      CNOP_TRUST_PROXY: '10.0.0.1, 10.0.0.2',
      CNOP_CORS_ORIGINS: 'https://a.example',
      CNOP_REQUESTS_PER_MINUTE_ADDRESS: '10',
      CNOP_REQUESTS_PER_MINUTE_USER: '5',
      CNOP_MAX_EVENT_LOOP_DELAY_MS: '250',
      PORT: '80',
      HOST: '0.0.0.0',
    });

    expect(settings).toEqual({
      listen: { port: 80, host: '0.0.0.0' },
      tokens: { issuer: 'https://cnop.example', audience: 'all' },
      server: { logging: { name: 'x', level: 'debug' }, trustProxy: ['10.0.0.1', '10.0.0.2'] },
      rateLimits: { address: { max: 10, windowMs: 60_000 }, user: { max: 5, windowMs: 60_000 } },
      loadShedding: { maxEventLoopDelayMs: 250 },
      securityHeaders: { corsOrigins: ['https://a.example'] },
    });
  });

  it.each([
    [{}, 'CNOP_TOKEN_ISSUER', 'is required'],
    [{ CNOP_TOKEN_ISSUER: '' }, 'CNOP_TOKEN_ISSUER', 'is required'],
    [{ CNOP_TOKEN_ISSUER: undefined }, 'CNOP_TOKEN_ISSUER', 'is required'],
    [{ CNOP_TOKEN_ISSUER: 'cnop' }, 'CNOP_TOKEN_ISSUER', 'must be an http or https URL'],
    [{ ...least, CNOP_LOG_LEVEL: 'loud' }, 'CNOP_LOG_LEVEL', 'must be a level of pino'],
    [{ ...least, CNOP_TRUST_PROXY: 'a,,b' }, 'CNOP_TRUST_PROXY', 'must be a list with commas'],
    [{ ...least, PORT: 'x' }, 'PORT', 'must be a port number'],
    [
      { ...least, CNOP_REQUESTS_PER_MINUTE_USER: '0' },
      'CNOP_REQUESTS_PER_MINUTE_USER',
      'must be a positive whole number',
    ],
    [
      { ...least, CNOP_MAX_EVENT_LOOP_DELAY_MS: '1.5' },
      'CNOP_MAX_EVENT_LOOP_DELAY_MS',
      'must be a positive whole number',
    ],
  ])('names what is wrong in %p', (env, setting, rule) => {
    expect(() => serviceSettingsFromEnv('x', env)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', details: { settings: [{ setting, rule }] } }) as Error,
    );
  });
});

describe('readEnvironment', () => {
  it('never tells the value of a setting', () => {
    const schema = z.object({ SECRET: z.string().regex(/^x/, 'must begin with x') });
    const read = () => readEnvironment(schema, { SECRET: 'hunter2' });

    expect(read).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') as string }) as Error,
    );
    expect(rateLimitsFromEnv({ CNOP_REQUESTS_PER_MINUTE_USER: '' })).toEqual({});
  });
});
