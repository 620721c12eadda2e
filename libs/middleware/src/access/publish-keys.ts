import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { TokenIssuer } from './token-issuer.ts';

/** What the plugin `publishKeys` takes. */
export interface PublishKeysOptions {
  readonly issuer: Pick<TokenIssuer, 'publicKeys'>;
}

/** Where verifiers find the public keys of an issuer. */
export const publicKeysPath = '/.well-known/jwks.json';

/** A plugin with the route `GET /.well-known/jwks.json`: the public keys of an issuer, good for five minutes. */
export const publishKeys = fastifyPlugin<PublishKeysOptions>(
  (service: FastifyInstance, { issuer }, done) => {
    const schema = { tags: ['authentication'], summary: 'Shows the public keys of access tokens (JWKS).' };
    service.get(publicKeysPath, { config: { access: 'public' }, schema }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').send(issuer.publicKeys),
    );
    done();
  },
  { name: '@cnop/publish-keys', fastify: '5.x' },
);
