import {
  dateOfBirthSchema,
  emailSchema,
  personNameSchema,
  phoneSchema,
  timestampSchema,
  usernameSchema,
} from '@cnop/validation';
import { z } from 'zod';
import { roleSchema } from './role.ts';
import { userStatusSchema } from './user-status.ts';

/**
 * Accepts a whole user as the domain knows it.
 *
 * Strict: it refuses a password or a password hash, as any other unknown field.
 */
export const userSchema = z.strictObject({
  /** Lower-cased; the user's identity, never changed. */
  username: usernameSchema,
  /** Lower-cased; unique over all users. */
  email: emailSchema,
  firstName: personNameSchema,
  lastName: personNameSchema,
  /** E.164, as "+12025550123". */
  phone: phoneSchema.optional(),
  /** ISO 8601 date. */
  dateOfBirth: dateOfBirthSchema.optional(),
  role: roleSchema,
  status: userStatusSchema,
  marketingEmailsConsent: z.boolean(),
  dataSharingConsent: z.boolean(),
  /** ISO 8601 UTC. */
  createdAt: timestampSchema,
  /** ISO 8601 UTC. */
  updatedAt: timestampSchema,
  /** Counts the profile's updates, from 1; the optimistic lock of a profile update. */
  version: z.int().min(1),
});

/** A person or a service with an account. Never carries a password or its hash. */
export type User = z.output<typeof userSchema>;
