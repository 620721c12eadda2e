import { serverSettings, serviceSettings } from '@cnop/middleware';
import { readEnvironment, type Environment } from '@cnop/validation';

const least = { CNOP_TOKEN_ISSUER: 'https://cnop.example' };
const trustProxyRule =
  'must be how many proxies there are, 1 to 99, or a list with commas of their addresses and networks';
const refusal = (...settings: readonly { readonly setting: string; readonly rule: string }[]) =>
  expect.objectContaining({ code: 'CONFIGURATION_INVALID', details: { settings } }) as Error;

describe('serviceSettings', () => {
  it('has defaults for all but the issuer', () => {
    expect(readEnvironment(serviceSettings, { ...least, CNOP_CORS_ORIGINS: '' })).toEqual({
      listen: { port: 3000, host: '127.0.0.1' },
      tokens: { issuer: 'https://cnop.example', audience: 'cnop' },
      logLevel: 'info',
      rateLimits: {},
      loadShedding: {},
      securityHeaders: {},
    });
  });

  it('reads all that may be set', () => {
    const settings = readEnvironment(serviceSettings, {
      ...least,
      CNOP_TOKEN_AUDIENCE: 'all',
      CNOP_LOG_LEVEL: 'debug',
      CNOP_TRUST_PROXY: '10.0.0.1, 10.0.0.2',
      CNOP_CORS_ORIGINS: 'https://a.example, http://localhost:8080',
      CNOP_REQUESTS_PER_MINUTE_ADDRESS: '10',
      CNOP_REQUESTS_PER_MINUTE_USER: '5',
      CNOP_MAX_EVENT_LOOP_DELAY_MS: '250',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector/own',
      OTEL_SERVICE_NAME: 'named',
      PORT: '80',
      HOST: '0.0.0.0',
    });

    expect(settings).toEqual({
      listen: { port: 80, host: '0.0.0.0' },
      tokens: { issuer: 'https://cnop.example', audience: 'all' },
      logLevel: 'debug',
      trustProxy: ['10.0.0.1', '10.0.0.2'],
      rateLimits: { address: { max: 10, windowMs: 60_000 }, user: { max: 5, windowMs: 60_000 } },
      loadShedding: { maxEventLoopDelayMs: 250 },
      securityHeaders: { corsOrigins: ['https://a.example', 'http://localhost:8080'] },
      tracing: { url: 'http://collector/own', serviceName: 'named' },
    });
  });

  it.each([
    ['1', 1],
    ['12', 12],
    ['10.0.0.1', ['10.0.0.1']],
    ['10.0.0.0/8, fd00::/8, loopback', ['10.0.0.0/8', 'fd00::/8', 'loopback']],
  ])('trusts proxies by %s', (value, trustProxy) => {
    expect(readEnvironment(serviceSettings, { ...least, CNOP_TRUST_PROXY: value })).toMatchObject({ trustProxy });
  });

  it.each<[Environment, string | undefined]>([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318//' }, 'http://collector:4318/v1/traces'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://b/traces' },
      'http://b/traces',
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_SERVICE_NAME: 'x' }, undefined],
  ])('sends spans, with %p, to %s', (env, url) => {
    expect(readEnvironment(serviceSettings, { ...least, ...env }).tracing?.url).toBe(url);
  });

  it.each<readonly [Environment, string, string]>([
    [{}, 'CNOP_TOKEN_ISSUER', 'is required'],
    [{ CNOP_TOKEN_ISSUER: '' }, 'CNOP_TOKEN_ISSUER', 'is required'],
    [{ CNOP_TOKEN_ISSUER: undefined }, 'CNOP_TOKEN_ISSUER', 'is required'],
    [{ CNOP_TOKEN_ISSUER: 'cnop' }, 'CNOP_TOKEN_ISSUER', 'must be an http or https URL'],
    [{ ...least, CNOP_LOG_LEVEL: 'loud' }, 'CNOP_LOG_LEVEL', 'must be one of fatal, error, warn, info, debug, silent'],
    ...['*', 'example.com', 'https://app.example.com/', 'https://app.example.com:443', 'https://a.example,b'].map(
      (wrong) =>
        [
          { ...least, CNOP_CORS_ORIGINS: wrong },
          'CNOP_CORS_ORIGINS',
          'must be origins with commas, each such as https://app.example.com',
        ] as const,
    ),
    [{ ...least, CNOP_TRUST_PROXY: 'a,,b' }, 'CNOP_TRUST_PROXY', 'must be a list with commas'],
    ...['true', 'foo', '0', '100', '10.0.0.0/99', '10.0.0.0/8/8', '::1/129'].map(
      (wrong) => [{ ...least, CNOP_TRUST_PROXY: wrong }, 'CNOP_TRUST_PROXY', trustProxyRule] as const,
    ),
    [{ ...least, HOST: '[::1]' }, 'HOST', 'must be an IP address or the name of a host'],
    [{ ...least, CNOP_TOKEN_AUDIENCE: ' ' }, 'CNOP_TOKEN_AUDIENCE', 'must be a text without spaces'],
    [
      { ...least, CNOP_TOKEN_CLOCK_TOLERANCE_SECONDS: '301' },
      'CNOP_TOKEN_CLOCK_TOLERANCE_SECONDS',
      'must be a whole number from 1 to 300',
    ],
    [{ ...least, OTEL_EXPORTER_OTLP_ENDPOINT: 'x' }, 'OTEL_EXPORTER_OTLP_ENDPOINT', 'must be an http or https URL'],
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
    expect(() => readEnvironment(serviceSettings, env)).toThrow(refusal({ setting, rule }));
  });

  it('names all that is missing or wrong at once', () => {
    expect(() => readEnvironment(serviceSettings, { PORT: 'x', CNOP_LOG_LEVEL: 'loud' })).toThrow(
      refusal(
        { setting: 'CNOP_TOKEN_ISSUER', rule: 'is required' },
        { setting: 'CNOP_LOG_LEVEL', rule: 'must be one of fatal, error, warn, info, debug, silent' },
        { setting: 'PORT', rule: 'must be a port number' },
      ),
    );
  });
});

describe('serverSettings', () => {
  it.each([
    [{}, { port: 3000, host: '127.0.0.1' }],
    [
      { PORT: '', HOST: '' },
      { port: 3000, host: '127.0.0.1' },
    ],
    [
      { PORT: '0', HOST: '::1' },
      { port: 0, host: '::1' },
    ],
    [{ PORT: '65535' }, { port: 65_535, host: '127.0.0.1' }],
  ])('reads %p', (env, listen) => {
    expect(readEnvironment(serverSettings, env)).toEqual({ listen, rateLimits: {}, loadShedding: {} });
  });

  it.each(['x', '-1', '65536', '1e3', ' 80', '3000.5'])('refuses the port %p by its name', (PORT) => {
    expect(() => readEnvironment(serverSettings, { PORT })).toThrow(
      refusal({ setting: 'PORT', rule: 'must be a port number' }),
    );
  });
});
