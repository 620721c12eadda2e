import { errorAnswer } from './answers.ts';
import type { Fault } from './fault.ts';
import { cancellation } from './transaction-cancellations.ts';
import { itemName, touchedItems } from './touched-items.ts';

export interface OverlapOptions {
  /** The key attributes of the tables. Default `pk` and `sk`. */
  readonly keyAttributes?: readonly string[];
}

/**
 * A write is refused as in conflict while another one is on its way to one of its items, as DynamoDB refuses it where one of the two
 * is a transaction. Holds state: one such fault stands for one store, so give the same one to every injector.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling}
 */
export function refuseOverlaps({ keyAttributes = ['pk', 'sk'] }: OverlapOptions = {}): Fault {
  const busy = new Set<string>();

  return {
    name: 'overlapping writes refused',
    appliesTo: ({ target, body }) => touchedItems({ target, body }).length > 0,
    apply: async (call) => {
      const names = touchedItems(call).map((item) => itemName(item, keyAttributes));
      if (names.some((name) => busy.has(name))) {
        return call.target === 'TransactWriteItems'
          ? cancellation(names.map((name) => ({ Code: busy.has(name) ? 'TransactionConflict' : 'None' })))
          : errorAnswer('TransactionConflictException');
      }

      for (const name of names) busy.add(name);
      try {
        return await call.send();
      } finally {
        for (const name of names) busy.delete(name);
      }
    },
  };
}
