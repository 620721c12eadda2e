export { checkTables } from './check-tables.ts';
export { createUserService, type UserServiceOptions } from './create-user-service.ts';
export { ensureFirstUsers, type FirstUser } from './first-users.ts';
export type { Settlement } from './money-routes.ts';
export { startUserService } from './start-user-service.ts';
export { userRoutes, type UserRoutesOptions } from './user-routes.ts';
