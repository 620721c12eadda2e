import type { Database } from '@cnop/database-core';
import { serviceKinds, type ServiceKind } from './service-kinds.ts';

type Kinds = typeof serviceKinds;

/** What can be called, all over the database of one process. */
export type Services = { readonly [TName in keyof Kinds]: ReturnType<Kinds[TName]['open']> };

/** Wires the services of a process, each when it is first asked for: most runs need one of them. */
export function openServices(database: Database): Services {
  const services = {};

  for (const [name, { open }] of Object.entries<ServiceKind>(serviceKinds)) {
    let opened: object | undefined;
    Object.defineProperty(services, name, { enumerable: true, get: () => (opened ??= open(database)) });
  }
  return services as Services;
}
