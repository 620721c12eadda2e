import { serviceKinds } from '../service-kinds.ts';
import type { Services } from '../services.ts';

/** The same services, which tell of every method that is called, as `OrderFlow.placeOrder`. */
export function watchCalls(services: Services, onCall: (method: string) => void): Services {
  const watched = (name: keyof Services) => (target: object) =>
    new Proxy(target, {
      get: (_, property) => {
        const method: unknown = Reflect.get(target, property);
        if (typeof method !== 'function') return method;

        return (...args: unknown[]): unknown => {
          onCall(`${serviceKinds[name].owner}.${String(property)}`);
          return Reflect.apply(method, target, args);
        };
      },
    });

  return new Proxy(services, {
    get: (target, name: keyof Services) => watched(name)(target[name]),
  });
}
