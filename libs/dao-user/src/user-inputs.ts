import { type Role, roleSchema, type User, userStatusSchema, userUpdateSchema } from '@cnop/entities-user';
import { passwordSchema, usernameSchema } from '@cnop/validation';
import * as z from 'zod';

/** Accepts a change of a user: what users may change themselves, and what only an administrator may. */
export const userChangeSchema = z.strictObject({
  username: usernameSchema,
  /** The version that was read; another one in the store refuses the change. Without it the user is changed as it stands. */
  expectedVersion: z.int().min(1).optional(),
  changes: z
    .strictObject({
      ...userUpdateSchema.shape,
      role: roleSchema.optional(),
      status: userStatusSchema.optional(),
    })
    .refine(
      (changes: object) => Object.values(changes).some((value: unknown) => value !== undefined),
      'At least one field must be given.',
    ),
});

/** A change of a user, at a known version or as it stands. */
export type UserChange = z.output<typeof userChangeSchema>;

/** Accepts the change of a password. */
export const passwordChangeSchema = z.strictObject({
  username: usernameSchema,
  /** Whatever it is: it is only compared. */
  currentPassword: z.string(),
  newPassword: passwordSchema,
});

/** The change of a password, both in clear; stored nowhere. */
export type PasswordChange = z.output<typeof passwordChangeSchema>;

/** What a registration may carry besides what users say of themselves. */
export interface CreateUserOptions {
  /** Default `customer`. */
  readonly role?: Role;
  readonly idempotencyKey?: string;
  /** The client's IP address, as for a log-in: a repeat with a wrong password counts as a failed one from there. */
  readonly address?: string;
}

/** A user, and whether an earlier request with the same idempotency key had made it. */
export interface UserResult {
  readonly user: User;
  readonly replayed: boolean;
}

/** An existing user, and whether this call registered them. */
export interface EnsuredUser {
  readonly user: User;
  readonly created: boolean;
}
