import { listenOptionsFromEnv } from '@cnop/middleware';

describe('listenOptionsFromEnv', () => {
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
  ])('reads %p', (env, expected) => {
    expect(listenOptionsFromEnv(env)).toEqual(expected);
  });

  it.each(['x', '-1', '65536', '1e3', ' 80', '3000.5'])('refuses the port %p by its name', (PORT) => {
    expect(() => listenOptionsFromEnv({ PORT })).toThrow(
      expect.objectContaining({ details: { settings: [{ setting: 'PORT', rule: 'must be a port number' }] } }) as Error,
    );
  });
});
