import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '@cnop/utils';

const deadlines = new WeakMap<object, number>();

/**
 * The same input of a request, which is not to be sent after that moment, however long its keys and its signature take.
 *
 * @param deadline - by the clock of the database, in milliseconds since 1970.
 */
export function sendBy<TInput extends object>(input: TInput, deadline: number): TInput {
  deadlines.set(input, deadline);
  return input;
}

/** Makes a client fail what is late in the very moment before it is handed over: nothing of it is sent. */
export function refuseLateSending({ middlewareStack }: DynamoDBClient, clock: Clock): void {
  middlewareStack.add(
    (next) => (args) => {
      const deadline = deadlines.get(args.input);
      if (deadline !== undefined && clock.now().getTime() > deadline) throw new Error('It is too late to send it.');

      return next(args);
    },
    { name: 'cnopRefuseLateSending', step: 'deserialize', priority: 'high' },
  );
}
