export { getSessionDao, getUserDao } from './get-daos.ts';
export type { LoginOptions, LoginPolicy } from './logins/login-policy.ts';
export { profileCheck } from './profile-check.ts';
export type { IssuedSession } from './sessions/issued-session.ts';
export type { LogIn } from './sessions/create-session.ts';
export { SessionDao, type SessionDaoOptions } from './sessions/session-dao.ts';
export type { SessionLifetimes } from './sessions/session-lifetimes.ts';
export { UserDao, type Credentials, type UserDaoOptions } from './user-dao.ts';
export type { CreateUserOptions, EnsuredUser, PasswordChange, UserChange, UserResult } from './user-inputs.ts';
