import { createTokenIssuer, generateSigningKey, publicKeysPath, publishKeys } from '@cnop/middleware';
import { createGreetings } from '../../examples/readme.ts';
import { plainServer } from '../support/plain-server.ts';
import { ada, parties } from '../support/test-service.ts';

describe('the example of the README', () => {
  it('greets who has a good token', async () => {
    const { service: keyServer } = plainServer();
    const issuer = await createTokenIssuer({ keys: { keys: [await generateSigningKey()] }, ...parties });
    await keyServer.register(publishKeys, { issuer });
    const keys = new URL(publicKeysPath, await keyServer.listen({ port: 0, host: '127.0.0.1' }));
    const service = await createGreetings(keys, { isActive: async ({ username }) => username === 'ada' });
    service.log.level = 'silent';
    const { accessToken } = await issuer.issue(ada);

    const answer = await service.inject({ url: '/v1/greeting', headers: { authorization: `Bearer ${accessToken}` } });
    const stranger = await service.inject('/v1/greeting');
    await service.close();

    expect(answer.json()).toEqual({ text: 'Hello ada.' });
    expect(stranger.statusCode).toBe(401);
  });
});
