import { testService } from '../support/test-service.ts';

describe('createService', () => {
  it('answers a route with the user of the token', async () => {
    const { service, injectAs } = await testService();
    service.get('/v1/me', { config: { access: 'authenticated' } }, ({ user: { username, role } }) => ({
      username,
      role,
    }));

    const answer = await injectAs({}, { url: '/v1/me' });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ username: 'ada', role: 'CUSTOMER' });
  });

  it('has the routes that every service has', async () => {
    const { service } = await testService();

    for (const url of [
      '/health',
      '/health/live',
      '/health/ready',
      '/metrics',
      '/openapi.json',
      '/docs',
      '/docs/json',
    ]) {
      expect([url, (await service.inject(url)).statusCode]).toEqual([url, 200]);
    }
  });
});
