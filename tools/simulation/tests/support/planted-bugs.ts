import { DatabaseUnavailableError, isDomainError } from '@cnop/exceptions';
import type { PlantedBug } from '../../src/simulate.ts';
import type { StoreRequest } from '../../src/store/answer.ts';

type Write = Readonly<Record<string, unknown>>;
type Action = Readonly<Record<string, Write>>;

/** A request whose writes have lost their condition where `isMeant` says so. */
function withoutCondition({ operation, body }: StoreRequest, isMeant: (write: Write) => boolean): StoreRequest {
  const strip = (write: Write): Write =>
    isMeant(write) ? withoutUnused({ ...write, ConditionExpression: undefined }) : write;
  if (operation !== 'TransactWriteItems') return { operation, body: strip(body) };

  const TransactItems = (body['TransactItems'] as Action[]).map((action) =>
    Object.fromEntries(
      Object.entries(action).map(([kind, write]) => [kind, kind === 'ConditionCheck' ? write : strip(write)]),
    ),
  );
  return { operation, body: { ...body, TransactItems } };
}

/** Names and values that no expression uses any more are an error of their own. */
function withoutUnused(write: Write): Write {
  const words = new Set(textOf(write, 'UpdateExpression').match(/[#:]\w+/g));
  const kept = (given: unknown) => {
    const entries = Object.entries(given ?? {}).filter(([name]) => words.has(name));
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  };

  return {
    ...write,
    ExpressionAttributeNames: kept(write['ExpressionAttributeNames']),
    ExpressionAttributeValues: kept(write['ExpressionAttributeValues']),
  };
}

const textOf = (write: Write, part: string): string => JSON.stringify(write[part] ?? '');
const conditionless = (isMeant: (write: Write) => boolean): PlantedBug => ({
  request: (request) => withoutCondition(request, isMeant),
});

/** The same object, but whatever it does not know it calls a failure. */
function denyingUnknown<TTarget extends object>(target: TTarget): TTarget {
  return new Proxy(target, {
    get: (_, name) => {
      const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;

      return (...args: unknown[]) =>
        Reflect.apply(method, target, args).catch((error: unknown) => {
          throw isDomainError(error) && error.code === 'OUTCOME_UNKNOWN' ? new DatabaseUnavailableError({}) : error;
        });
    },
  });
}

/** Bugs that a ledger may have, by what they are. */
export const plantedBugs: Readonly<Record<string, PlantedBug>> = {
  'a time-out is taken for a failure': {
    services: (services) => ({
      ...services,
      balances: denyingUnknown(services.balances),
      flow: denyingUnknown(services.flow),
    }),
  },
  'a debit does not look at what is there': conditionless(
    (write) => textOf(write, 'Key').includes('BALANCE#') && textOf(write, 'ConditionExpression').includes('>='),
  ),
  'a deposit is settled whatever its status': conditionless(
    (write) => textOf(write, 'Key').includes('TXN#') && write['UpdateExpression'] !== undefined,
  ),
  'an idempotency key is claimed whoever has it': conditionless((write) => textOf(write, 'Item').includes('KEY#')),
  'an order is put whatever is there': conditionless((write) => textOf(write, 'Item').includes('ORDER#')),
  'an order is refunded as often as asked': conditionless((write) =>
    textOf(write, 'ExpressionAttributeNames').includes('refundTransactionId'),
  ),
  'a name is registered whoever has it': conditionless((write) => textOf(write, 'Item').includes('PROFILE')),
  'a transaction is sent without its first balance': {
    request: ({ operation, body }) => {
      if (operation !== 'TransactWriteItems') return { operation, body };
      const actions = body['TransactItems'] as Action[];
      const [first] = actions.filter(({ Update }) => Update && textOf(Update, 'Key').includes('BALANCE#'));
      return {
        operation,
        body: { ...body, TransactItems: actions.filter((action) => action !== first || actions.length === 1) },
      };
    },
  },
};
