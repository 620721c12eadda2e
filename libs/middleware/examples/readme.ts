import { createHealthRegistry } from '@cnop/health';
import { createMetrics, createService, createTokenVerifier, noQuery, type UserDirectory } from '@cnop/middleware';
import * as z from 'zod';

export async function createGreetings(keys: URL, users: UserDirectory) {
  const service = await createService({
    openApi: { title: 'Greetings', version: '1.0.0' },
    authentication: {
      users,
      verifier: createTokenVerifier({ keys, issuer: 'https://cnop.example', audience: 'cnop' }),
    },
    health: createHealthRegistry(),
    metrics: createMetrics(),
  });
  const schema = { querystring: noQuery, response: { 200: z.object({ text: z.string() }) } };

  service.get('/v1/greeting', { config: { access: 'authenticated' }, schema }, ({ user }) => ({
    text: `Hello ${user.username}.`,
  }));
  return service; // then: await service.listen({ port: 3000 })
}
