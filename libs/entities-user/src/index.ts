export { userErrors, type SessionEndReason } from './errors.ts';
export { Role, roleSchema } from './role.ts';
export {
  type LogInRequest,
  type PasswordChangeRequest,
  type RefreshRequest,
  type TokenResponse,
  logInRequestSchema,
  passwordChangeRequestSchema,
  refreshRequestSchema,
  tokenResponseSchema,
} from './session-schemas.ts';
export { type UserCreate, userCreateSchema } from './user-create.ts';
export { type UserResponse, toUserResponse, userResponseSchema } from './user-response.ts';
export { UserStatus, userStatusSchema } from './user-status.ts';
export { type UserUpdate, userUpdateSchema } from './user-update.ts';
export { type User, userSchema } from './user.ts';
