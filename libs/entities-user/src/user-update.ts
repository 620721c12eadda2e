import { dateOfBirthSchema, emailSchema, namesAField, personNameSchema, phoneSchema } from '@cnop/validation';
import { z } from 'zod';

/**
 * Accepts a change of a profile as it comes over an edge.
 *
 * Absent means unchanged; `null` removes a phone number or a date of birth. At least one field has to be named.
 * Strict: username, role and status are not a user's to change.
 */
export const userUpdateSchema = z
  .strictObject({
    email: emailSchema.optional(),
    firstName: personNameSchema.optional(),
    lastName: personNameSchema.optional(),
    phone: phoneSchema.nullable().optional(),
    dateOfBirth: dateOfBirthSchema.nullable().optional(),
    marketingEmailsConsent: z.boolean().optional(),
    dataSharingConsent: z.boolean().optional(),
  })
  .refine(namesAField, 'At least one field must be given.')
  .describe('A change of a profile: what is absent stays, null takes away.');

/** A validated change of a profile. */
export type UserUpdate = z.output<typeof userUpdateSchema>;
