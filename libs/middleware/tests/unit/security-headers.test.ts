import { testService } from '../support/test-service.ts';

const origin = 'https://app.example';
const corsHeaders = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('securityHeaders', () => {
  it('permits a page nothing and a cache nothing', async () => {
    const { service } = await testService();
    service.get('/it', { config: { access: 'public' } }, () => ({}));

    const answer = await service.inject('/it');

    expect(answer.headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'strict-transport-security': expect.stringContaining('max-age=') as string,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });

  it('knows no CORS unless it is told origins', async () => {
    const { service } = await testService();
    service.get('/it', { config: { access: 'public' } }, () => ({}));

    const answer = await service.inject({ url: '/it', headers: { origin } });
    const preflight = await service.inject({
      method: 'OPTIONS',
      url: '/it',
      headers: { origin, 'access-control-request-method': 'GET' },
    });

    expect(corsHeaders(answer.headers)).toEqual([]);
    expect(preflight.statusCode).toBe(405);
    expect(corsHeaders(preflight.headers)).toEqual([]);
  });

  it('permits the origins that it is told, and no other', async () => {
    const { service } = await testService({ securityHeaders: { corsOrigins: [origin, 'https://b.example'] } });
    service.delete('/it', { config: { access: 'authenticated' } }, () => ({}));
    const preflight = (from: string) =>
      service.inject({
        method: 'OPTIONS',
        url: '/it',
        headers: { origin: from, 'access-control-request-method': 'DELETE' },
      });

    const known = await preflight(origin);
    const stranger = await preflight('https://evil.example');

    expect(known.statusCode).toBe(204);
    expect(known.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': expect.stringContaining('DELETE') as string,
    });
    expect(known.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(stranger.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
