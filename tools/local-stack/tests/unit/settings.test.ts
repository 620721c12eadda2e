import { settingsFromEnv } from '../../src/settings.ts';

describe(settingsFromEnv, () => {
  it.each([
    [{}, { port: 3000 }],
    [{ PORT: '', DATA_DIR: '' }, { port: 3000 }],
    [
      { PORT: '8080', DATA_DIR: '.data', HOST: '0.0.0.0' },
      { port: 8080, dataDir: '.data' },
    ],
  ])('reads %p', (env, expected) => {
    expect(settingsFromEnv(env)).toEqual(expected);
  });

  it('names PORT when it is no port', () => {
    expect(() => settingsFromEnv({ PORT: 'x' })).toThrow(
      expect.objectContaining({ details: { setting: 'PORT', rule: 'must be a port number' } }) as Error,
    );
  });
});
