import { createService, type Service, type ServiceOptions } from '@cnop/middleware';
import { userRoutes, type UserRoutesOptions } from './user-routes.ts';

/** What the user service is made of. */
export interface UserServiceOptions extends Omit<ServiceOptions, 'openApi'> {
  readonly routes: UserRoutesOptions;
}

/** Makes the user service: users, sessions, balances and the journal, and what every service has. */
export async function createUserService({ routes, ...options }: UserServiceOptions): Promise<Service> {
  const service = await createService({ ...options, openApi: { title: 'CNOP users', version: '1.0.0' } });

  await service.register(userRoutes, routes);
  return service;
}
