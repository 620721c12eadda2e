import { z } from 'zod';

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
