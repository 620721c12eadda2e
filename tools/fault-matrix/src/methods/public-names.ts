import { createDatabase } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';

/** Functions that make an object whose methods are public too: what the object is called, and one of them. */
const factories: Readonly<Record<string, { readonly name: string; readonly make: () => object }>> = {
  createOrderFlow: { name: 'OrderFlow', make: () => createOrderFlow({ database: nowhere() }) },
};

/** Nothing is ever sent there. */
const nowhere = () =>
  createDatabase({
    region: 'nowhere',
    tables: { users: 'users', ledger: 'ledger', orders: 'orders', inventory: 'inventory' },
  });

/** Everything public that can be called in a library: functions, and methods as `OrderDao.createOrder`. */
export function publicNames(library: object): string[] {
  return Object.entries(library).flatMap(([name, exported]: [string, unknown]) => {
    if (typeof exported !== 'function') return [];
    const factory = factories[name];
    if (factory) return Object.keys(factory.make()).map((method) => `${factory.name}.${method}`);

    return isClass(exported) ? methodsOf(exported).map((method) => `${name}.${method}`) : [name];
  });
}

const isClass = (exported: object): boolean => /^class\b/.test(Function.prototype.toString.call(exported));

/** Methods and getters of the instances, inherited ones too, and static methods. */
function methodsOf(constructor: object): string[] {
  const statics = ownNames(constructor).filter((name) => !['length', 'name', 'prototype'].includes(name));
  const names = new Set(statics);
  let prototype: unknown = Reflect.get(constructor, 'prototype');

  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    for (const name of ownNames(prototype)) if (name !== 'constructor') names.add(name);
    prototype = Object.getPrototypeOf(prototype);
  }
  return [...names];
}

const ownNames = (of: object): string[] => Object.getOwnPropertyNames(of);
