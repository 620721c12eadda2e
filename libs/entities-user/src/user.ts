import {
  dateOfBirthSchema,
  emailSchema,
  namesAField,
  passwordSchema,
  personNameSchema,
  phoneSchema,
  timestampSchema,
  usernameSchema,
} from '@cnop/validation';
import * as z from 'zod';

/** What a user may do: trade for themselves, administer, publish prices, or report what a venue made of the orders routed to it. */
export const Role = {
  CUSTOMER: 'customer',
  ADMIN: 'admin',
  PRICE_FEED: 'price-feed',
  VENUE: 'venue',
} as const;

/** One of the {@link Role} values. */
export type Role = (typeof Role)[keyof typeof Role];

/** Accepts exactly the {@link Role} values. */
export const roleSchema = z.enum(Role);

/** Whether a user may act. `SUSPENDED` can be lifted; `DELETED` ends access for good, the ledger stays. */
export const UserStatus = {
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  DELETED: 'DELETED',
} as const;

/** One of the {@link UserStatus} values. */
export type UserStatus = (typeof UserStatus)[keyof typeof UserStatus];

/** Accepts exactly the {@link UserStatus} values. */
export const userStatusSchema = z.enum(UserStatus);

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

/** What decides whether a user may act. */
export interface UserAccess {
  readonly role: Role;
  readonly status: UserStatus;
  /** Counts how often all sessions of the user were ended at once. */
  readonly sessionEpoch: number;
  /** Whether the session that was asked for has ended; absent where none was. */
  readonly sessionEnded?: boolean;
}

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
  .describe('A registration.')
  .meta({ title: 'UserCreate' });

/** A validated registration: names lower-cased, defaults filled in. */
export type UserCreate = z.output<typeof userCreateSchema>;

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
  .describe('A user. Never a password.')
  .meta({ title: 'User' });

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
