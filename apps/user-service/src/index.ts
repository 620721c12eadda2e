export { ensureFirstUsers, type FirstUser } from './first-users.ts';
export type { Settlement } from './money-routes.ts';
export { userRoutes, type UserRoutesOptions } from './user-routes.ts';
export { userService } from './user-service.ts';
