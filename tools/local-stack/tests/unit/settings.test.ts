import { settingsFromEnv } from '../../src/settings.ts';

describe(settingsFromEnv, () => {
  it.each([
    [{}, { port: 3000, rateLimits: {}, loadShedding: {} }],
    [
      { PORT: '', DATA_DIR: '' },
      { port: 3000, rateLimits: {}, loadShedding: {} },
    ],
    [
      { PORT: '8080', DATA_DIR: '.data', HOST: '0.0.0.0' },
      { port: 8080, dataDir: '.data', rateLimits: {}, loadShedding: {} },
    ],
    [
      {
        CNOP_REQUESTS_PER_MINUTE_ADDRESS: '10',
        CNOP_REQUESTS_PER_MINUTE_USER: '5',
        CNOP_MAX_EVENT_LOOP_DELAY_MS: '250',
      },
      {
        port: 3000,
        rateLimits: { address: { max: 10, windowMs: 60_000 }, user: { max: 5, windowMs: 60_000 } },
        loadShedding: { maxEventLoopDelayMs: 250 },
      },
    ],
  ])('reads %p', (env, expected) => {
    expect(settingsFromEnv(env)).toEqual(expected);
  });

  it('names PORT when it is no port', () => {
    expect(() => settingsFromEnv({ PORT: 'x' })).toThrow(
      expect.objectContaining({ details: { settings: [{ setting: 'PORT', rule: 'must be a port number' }] } }) as Error,
    );
  });
});
