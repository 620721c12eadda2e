import type { Database } from '@cnop/database-core';
import { makeOrderCreate } from '@cnop/entities-order/testing';
import { createOrderFlow } from '@cnop/flow-order';
import { getPortfolio } from '@cnop/portfolio';
import { answerError } from '@cnop/testing';
import { cannedDatabase } from './canned-database.ts';
import { entityFuzzes } from './entities/entity-fuzzes.ts';
import type { FuzzTarget } from './entity-fuzz.ts';
import { exampleValues } from './example-values.ts';

/** A method that takes what a client sent, with arguments that it accepts. */
export interface PublicMethod {
  readonly name: string;
  readonly call: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
}

const { orderId, username: owner } = exampleValues;

/** Every request is refused, so that a method which sends one ends with DATABASE_ERROR. */
const database = cannedDatabase(answerError('ResourceNotFoundException', { message: 'No such table.' }));

const flow: FuzzTarget = {
  name: 'OrderFlow',
  open: (of: Database) => createOrderFlow({ database: of }),
  calls: {
    placeOrder: [{ owner, order: { ...makeOrderCreate(), clientOrderId: 'a-1' }, idempotencyKey: 'a-1' }],
    previewOrder: [{ owner, order: makeOrderCreate() }],
    cancelOrder: [{ owner, orderId }],
    refundOrder: [{ owner, orderId, actor: 'root' }],
  },
};

const opened = [...entityFuzzes.map(({ dao }) => dao), flow].map(({ name, open, calls }) => ({
  name,
  calls,
  target: open(database),
}));

/** The objects whose methods take input from outside, by their class. */
export const targets: Readonly<Record<string, object>> = Object.fromEntries(
  opened.map(({ name, target }) => [name, target]),
);

export const publicMethods: readonly PublicMethod[] = [
  ...opened.flatMap(({ name, calls, target }) => {
    const methods = target as Record<string, (...args: unknown[]) => unknown>;

    return Object.entries(calls).map(([method, args]) => ({
      name: `${name}.${method}`,
      call: (...given: unknown[]) => methods[method]?.(...given),
      args,
    }));
  }),
  { name: 'getPortfolio', call: (name: string) => getPortfolio(database, name), args: [owner] },
];
