export { userErrors, type SessionEndReason } from './errors.ts';
export {
  Role,
  roleSchema,
  toUserResponse,
  type User,
  type UserAccess,
  type UserCreate,
  userCreateSchema,
  type UserResponse,
  userResponseSchema,
  userSchema,
  UserStatus,
  userStatusSchema,
  type UserUpdate,
  userUpdateSchema,
} from './user.ts';
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
