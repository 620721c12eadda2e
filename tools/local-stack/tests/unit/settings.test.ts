import { settingsFromEnv } from '../../src/settings.ts';

const perMinute = (max: number) => ({ max, windowMs: 60_000 });
const none = { port: 3000, rateLimits: {}, loadShedding: {} };

describe(settingsFromEnv, () => {
  it.each<[NodeJS.ProcessEnv, object]>([
    [{}, none],
    [{ PORT: '', DATA_DIR: '' }, none],
    [
      { PORT: '8080', DATA_DIR: '.data', HOST: '0.0.0.0' },
      { ...none, port: 8080, dataDir: '.data' },
    ],
    [{ CNOP_REQUESTS_PER_MINUTE_ADDRESS: '9' }, { ...none, rateLimits: { address: perMinute(9) } }],
    [{ CNOP_REQUESTS_PER_MINUTE_USER: '5' }, { ...none, rateLimits: { user: perMinute(5) } }],
    [{ CNOP_MAX_EVENT_LOOP_DELAY_MS: '250' }, { ...none, loadShedding: { maxEventLoopDelayMs: 250 } }],
  ])('reads %p', (env, expected) => {
    expect(settingsFromEnv(env)).toEqual(expected);
  });
});
