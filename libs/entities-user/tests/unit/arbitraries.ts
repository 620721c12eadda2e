import { emailSchema, personNameSchema, phoneSchema, usernameSchema } from '@cnop/validation';
import fc, { type Arbitrary } from 'fast-check';
import type { ZodType } from 'zod';
import { Role, type User, UserStatus } from '@cnop/entities-user';

/** What a schema makes of arbitrary input, refused input left out. */
function accepted<TValue>(schema: ZodType<TValue>, input: Arbitrary<string>): Arbitrary<TValue> {
  return input
    .map((text) => schema.safeParse(text))
    .filter((result) => result.success)
    .map((result) => result.data);
}

function textOf(alphabet: string, minLength: number, maxLength: number): Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength, maxLength });
}

// Short texts of few letters, so that collisions would be found; the separators of our keys among them.
export const username = accepted(usernameSchema, fc.oneof(textOf('ab1#-.', 3, 5), textOf('aB9._-', 3, 30)));
export const email = accepted(
  emailSchema,
  fc.oneof(
    fc.emailAddress(),
    textOf('aU#', 1, 4).map((local) => `${local}@example.com`),
  ),
);
const version = fc.integer({ min: 1 });
const personName = accepted(personNameSchema, textOf('aé李 O’', 1, 100));
const timestamp = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

export const user: Arbitrary<User> = fc.record(
  {
    username,
    email,
    firstName: personName,
    lastName: personName,
    phone: accepted(phoneSchema, fc.constantFrom('+12025550123', '+442079460018')),
    dateOfBirth: fc.constantFrom('1999-12-31', '2000-02-29'),
    role: fc.constantFrom(...Object.values(Role)),
    status: fc.constantFrom(...Object.values(UserStatus)),
    marketingEmailsConsent: fc.boolean(),
    dataSharingConsent: fc.boolean(),
    createdAt: timestamp,
    updatedAt: timestamp,
    version,
  },
  {
    requiredKeys: [
      'username',
      'email',
      'firstName',
      'lastName',
      'role',
      'status',
      'marketingEmailsConsent',
      'dataSharingConsent',
      'createdAt',
      'updatedAt',
      'version',
    ],
  },
);
