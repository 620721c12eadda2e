import {
  dateOfBirthSchema,
  emailSchema,
  passwordSchema,
  personNameSchema,
  phoneSchema,
  usernameSchema,
} from '@cnop/validation';
import { z } from 'zod';

/**
 * Accepts a registration as it comes over an edge.
 *
 * Strict: a body that names a role, a status or anything else unknown is refused. Consents are off unless given.
 */
export const userCreateSchema = z
  .strictObject({
    username: usernameSchema,
    email: emailSchema,
    /** In clear; hashed by the DAO, stored nowhere. */
    password: passwordSchema,
    firstName: personNameSchema,
    lastName: personNameSchema,
    /** E.164, as "+12025550123". */
    phone: phoneSchema.optional(),
    /** ISO 8601 date, in the past. */
    dateOfBirth: dateOfBirthSchema.optional(),
    marketingEmailsConsent: z.boolean().default(false),
    dataSharingConsent: z.boolean().default(false),
  })
  .describe('A registration.');

/** A validated registration: names lower-cased, defaults filled in. */
export type UserCreate = z.output<typeof userCreateSchema>;
