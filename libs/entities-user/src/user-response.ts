import { z } from 'zod';
import { userSchema, type User } from './user.ts';

/** The shape of a user in an answer over an edge. */
export const userResponseSchema = userSchema
  .pick({
    username: true,
    email: true,
    firstName: true,
    lastName: true,
    phone: true,
    dateOfBirth: true,
    role: true,
    status: true,
    marketingEmailsConsent: true,
    dataSharingConsent: true,
    version: true,
  })
  .extend({ createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() })
  .describe('A user. Never a password.');

/** A user as an edge answers it. */
export type UserResponse = z.output<typeof userResponseSchema>;

/**
 * The answer that shows a user.
 *
 * An allow-list: a field that a later version adds to the user is not shown until it is named here.
 */
export function toUserResponse(user: User): UserResponse {
  return {
    username: user.username,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    ...(user.phone !== undefined && { phone: user.phone }),
    ...(user.dateOfBirth !== undefined && { dateOfBirth: user.dateOfBirth }),
    role: user.role,
    status: user.status,
    marketingEmailsConsent: user.marketingEmailsConsent,
    dataSharingConsent: user.dataSharingConsent,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
    version: user.version,
  };
}
