import type { AccessRule, AuthenticatedUser, Service, UserDirectory } from '@cnop/middleware';
import { expectTypeOf } from 'expect-type';
import type { FastifyContextConfig } from 'fastify';
import { z } from 'zod';

describe('the types of routes', () => {
  it('know the access rules, and no other word', () => {
    expectTypeOf<FastifyContextConfig['access']>().toEqualTypeOf<AccessRule | undefined>();
    expectTypeOf<'public'>().toExtend<AccessRule>();
    expectTypeOf<{ roles: ['ADMIN', 'PRICE_FEED'] }>().toExtend<AccessRule>();
    expectTypeOf<{ roles: [] }>().not.toExtend<AccessRule>();
    expectTypeOf<'pubic'>().not.toExtend<AccessRule>();
  });

  it('give a handler the user, and what the zod schemas make of the request', () => {
    const declare = (service: Service) =>
      service.post(
        '/it',
        {
          config: { access: 'authenticated', limits: { user: { max: 1, windowMs: 1_000 } } },
          schema: {
            body: z.strictObject({ amount: z.string() }),
            querystring: z.object({ limit: z.coerce.number() }),
            response: { 201: z.object({ id: z.string() }) },
          },
        },
        ({ user, body, query }) => {
          expectTypeOf(user).toEqualTypeOf<AuthenticatedUser>();
          expectTypeOf(body).toEqualTypeOf<{ amount: string }>();
          expectTypeOf(query).toEqualTypeOf<{ limit: number }>();
          return { id: user.username };
        },
      );

    expect(declare).toBeInstanceOf(Function);
  });

  it('take a directory that knows its own roles', () => {
    interface Narrow {
      isActive(claims: { username: string; role: 'CUSTOMER' | 'ADMIN'; sessionEpoch: number }): Promise<boolean>;
    }

    expectTypeOf<Narrow>().toExtend<UserDirectory>();
  });
});
