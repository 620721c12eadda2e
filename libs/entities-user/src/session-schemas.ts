import { passwordSchema, wellFormedTextSchema } from '@cnop/validation';
import * as z from 'zod';

/** Longer than any name or password that could be right. */
const MAX_CREDENTIAL = 128;
/** Longer than any refresh token. */
const MAX_TOKEN = 256;

/**
 * Accepts who wants to log in.
 *
 * What can be nobody's name, or no password, is not refused here: it is wrong like any other, and is told so in the same way.
 */
export const logInRequestSchema = z
  .strictObject({
    username: wellFormedTextSchema.min(1).max(MAX_CREDENTIAL),
    password: wellFormedTextSchema.min(1).max(MAX_CREDENTIAL),
  })
  .describe('Who wants to log in.')
  .meta({ title: 'LogIn' });

/** Who wants to log in. */
export type LogInRequest = z.output<typeof logInRequestSchema>;

/** Accepts a refresh token, to go on with its session or to end it. */
export const refreshRequestSchema = z
  .strictObject({ refreshToken: wellFormedTextSchema.min(1).max(MAX_TOKEN) })
  .describe('The refresh token of a session. Each is single-use.')
  .meta({ title: 'SessionRefresh' });

/** A refresh token, to go on with its session or to end it. */
export type RefreshRequest = z.output<typeof refreshRequestSchema>;

/** Accepts the change of one's own password. */
export const passwordChangeRequestSchema = z
  .strictObject({
    currentPassword: wellFormedTextSchema.min(1).max(MAX_CREDENTIAL),
    newPassword: passwordSchema,
  })
  .describe('A new password, and the one that it replaces.')
  .meta({ title: 'PasswordChange' });

/** The change of one's own password. */
export type PasswordChangeRequest = z.output<typeof passwordChangeRequestSchema>;

/** The shape of the answer that begins a session or goes on with it. */
export const tokenResponseSchema = z
  .strictObject({
    accessToken: wellFormedTextSchema.describe('For the header `Authorization: Bearer …`.'),
    refreshToken: wellFormedTextSchema.describe('Opaque; single-use, for the next pair of tokens.'),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().min(1).describe('How many seconds the access token is valid.'),
  })
  .describe('A pair of tokens.')
  .meta({ title: 'Tokens' });

/** The tokens of a session, as an edge answers them. */
export type TokenResponse = z.output<typeof tokenResponseSchema>;
