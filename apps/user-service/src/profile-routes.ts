import type { UserDao } from '@cnop/dao-user';
import { passwordChangeRequestSchema, toUserResponse, userResponseSchema, userUpdateSchema } from '@cnop/entities-user';
import { noQuery } from '@cnop/middleware';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import * as z from 'zod';

/** What the routes of one's own profile work with. */
export interface ProfileRoutesOptions {
  readonly users: UserDao;
}

const shared = { tags: ['profile'], querystring: noQuery };
const config = { access: 'authenticated' } as const;
const profileChangeSchema = z
  .strictObject({
    expectedVersion: z
      .int()
      .min(1)
      .optional()
      .describe('Another version by now refuses the change; without it the profile is changed as it stands.'),
    ...userUpdateSchema.shape,
  })
  .refine((change) => Object.keys(change).some((field) => field !== 'expectedVersion'), {
    error: 'Name at least one field to change.',
  })
  .meta({ title: 'ProfileChange' });

/** `/v1/users/me`: one's own profile and password. */
export const profileRoutes: FastifyPluginCallbackZod<ProfileRoutesOptions> = (service, { users }, done) => {
  const response = { 200: userResponseSchema };

  service.get(
    '/v1/users/me',
    { config, schema: { ...shared, operationId: 'getProfile', summary: 'Shows one’s own profile.', response } },
    async ({ user }) => toUserResponse(await users.getUserByUsername(user.username)),
  );
  service.patch(
    '/v1/users/me',
    {
      config,
      schema: {
        ...shared,
        operationId: 'updateProfile',
        summary: 'Changes one’s own profile; null removes a phone number or a date of birth.',
        body: profileChangeSchema,
        response,
      },
    },
    async ({ user: { username }, body: { expectedVersion, ...changes } }) =>
      toUserResponse(await users.updateUser({ username, expectedVersion, changes })),
  );
  service.post(
    '/v1/users/me/password',
    {
      config: { ...config, limits: { user: { max: 10, windowMs: 60_000 } } },
      schema: {
        ...shared,
        operationId: 'changePassword',
        summary: 'Changes the password and ends all sessions.',
        body: passwordChangeRequestSchema,
        response: { 204: z.undefined().describe('The password is changed. Log in again.') },
      },
    },
    async ({ user, body }, reply) => {
      await users.changePassword({ ...body, username: user.username });

      return await reply.code(204).send();
    },
  );
  done();
};
