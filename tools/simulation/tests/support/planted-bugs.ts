import { ledgerErrors } from '@cnop/entities-ledger';
import { isDomainError, sharedErrors } from '@cnop/exceptions';
import { createFaultInjector, everyCall, type Fault, type HttpAnswer } from '@cnop/testing';
import type { PlantedBug } from '../../src/backend/network.ts';
import type { Violation } from '../../src/judge/violation.ts';
import type { FaultShare } from '../../src/backend/faults.ts';
import type { Step } from '../../src/workload/plan.ts';

type Write = Readonly<Record<string, unknown>>;
type Action = Readonly<Record<string, Write>>;

/** Something else becomes of every request. */
const altered = (apply: Fault['apply']): PlantedBug => ({
  handler: (inner) => createFaultInjector({ inner, plan: everyCall({ name: 'bug', apply }), keepCalls: 1, seed: 1 }),
});

/** Changes the actions of transactions on their way, and single writes as transactions of one. */
const alteredWrites = (alter: (actions: readonly Action[]) => readonly Action[]): PlantedBug =>
  altered(({ target, body, send }) => {
    const sent = JSON.parse(body) as Write;
    const single = /^(Put|Update)Item$/.exec(target)?.[1];
    if (single) return send(JSON.stringify(alter([{ [single]: sent }])[0]?.[single]));

    const isTransaction = target === 'TransactWriteItems';
    return send(
      isTransaction ? JSON.stringify({ ...sent, TransactItems: alter(sent['TransactItems'] as Action[]) }) : body,
    );
  });

/** The condition of a write holds whatever is there, or wherever something is, where `isMeant` says so. */
const withoutCondition = (isMeant: (write: Write) => boolean, or = 'attribute_not_exists(neverThere)'): PlantedBug =>
  alteredWrites((actions) =>
    actions.map((action) => {
      const [[kind, write] = ['', {}]] = Object.entries(action);
      const condition = write['ConditionExpression'];
      const isKept = kind === 'ConditionCheck' || typeof condition !== 'string' || !isMeant(write);
      return isKept ? action : { [kind]: { ...write, ConditionExpression: `${condition} OR ${or}` } };
    }),
  );

const textOf = (write: Write, part: string): string => JSON.stringify(write[part] ?? '');

type Call = (method: string, args: readonly unknown[]) => Promise<unknown>;

/** Every call of a method that writes goes through `change`. */
function changedCalls(change: (call: Call) => Call): PlantedBug {
  const around = <TTarget extends object>(target: TTarget): TTarget =>
    new Proxy(target, {
      get: (_, name) => {
        const method = (called: string, args: readonly unknown[]) =>
          Reflect.apply(Reflect.get(target, called) as (...all: unknown[]) => Promise<unknown>, target, args);
        return (...args: unknown[]) => change(method)(String(name), args);
      },
    });

  return {
    services: ({ users, balances, flow, ...others }) => ({
      ...others,
      users: around(users),
      balances: around(balances),
      flow: around(flow),
    }),
  };
}

/** What is unknown is called something else. */
const denying = (denial: () => Error): PlantedBug =>
  changedCalls(
    (call) => (method, args) =>
      call(method, args).catch((error: unknown) => {
        throw isDomainError(error) && error.code === 'OUTCOME_UNKNOWN' ? denial() : error;
      }),
  );

/** Every deposit is made again under another key. */
const depositingTwice = changedCalls((call) => async (method, args) => {
  const result = await call(method, args);
  const [create] = args as [{ readonly transactionType?: string; readonly idempotencyKey?: string }];
  if (method === 'createTransaction' && create.transactionType === 'DEPOSIT') {
    await call(method, [{ ...create, idempotencyKey: `${create.idempotencyKey}-again` }]).catch(() => undefined);
  }
  return result;
});

/** Answers every other look at a balance with what the look before it showed, whoever asks. */
function staleLooks(): PlantedBug {
  const shown = new Map<string, HttpAnswer>();

  return altered(async ({ target, body, send }) => {
    if (!target.includes('Get') || !body.includes('BALANCE#')) return await send();
    const earlier = shown.get(body);
    if (earlier && shown.delete(body)) return earlier;

    const answer = await send();
    shown.set(body, answer);
    return answer;
  });
}

/** Another thing becomes of each transaction that fills an order out of its hold. */
const alteredFills = (apply: Fault['apply']): PlantedBug =>
  altered(async (call) => (call.body.includes(':captured') ? await apply(call) : await call.send()));

/** Credits what a fill receives once more. */
const fillingTwice = alteredFills(async ({ body, send }) => {
  const answer = await send();
  const { TransactItems } = JSON.parse(body) as { readonly TransactItems: readonly Action[] };
  const again = TransactItems.filter((action) => /BALANCE#.*if_not_exists/.test(JSON.stringify(action)));
  if (answer.statusCode === 200) await send(JSON.stringify({ TransactItems: again }));
  return answer;
});

const answerOf = (body: object): Promise<HttpAnswer> =>
  Promise.resolve({ statusCode: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) });

const losingFills = alteredFills(() => answerOf({}));

/** No order ever appears in the index by which a rising price finds it. */
const emptyIndex = altered(async ({ body, send }) =>
  body.includes('"byRise"') ? await answerOf({ Items: [], Count: 0, ScannedCount: 0 }) : await send(),
);

/** What it takes for many a tick to fill orders. */
const triggered = {
  kinds: ['deposit', 'stop-to-buy', 'set-price', 'deposit', 'trail-to-buy', 'set-price', 'work'],
  faults: { rate: 0, names: [] },
} as const;

const lateRequests: FaultShare = { rate: 0.5, names: ['landSoon', 'landLater', 'landLast'] };

export interface FoundBug {
  readonly bug: () => PlantedBug;
  readonly foundBy: readonly Violation['rule'][];
  /** What goes wrong and what clients do in virtual time, for a bug that takes too many seeds otherwise. */
  readonly faults?: FaultShare;
  readonly kinds?: readonly Step['kind'][];
  /** How many requests must go wrong on a real DynamoDB for it to show; not tried there, if absent. */
  readonly realFaultRate?: number;
}

/** Bugs that the libraries may have, by what they are. */
export const plantedBugs: Readonly<Record<string, FoundBug>> = {
  'a deposit is made twice': {
    bug: () => depositingTwice,
    foundBy: ['total differs', 'not linearizable'],
    realFaultRate: 0.1,
  },
  'a lost success is told as a refusal': {
    bug: () =>
      denying(() => new ledgerErrors.InsufficientFundsError({ code: 'USD', available: '0.00', required: '0.01' })),
    foundBy: ['refused effect is there', 'not linearizable'],
    faults: lateRequests,
    realFaultRate: 0.5,
  },
  'a look shows what was there a while ago': { bug: staleLooks, foundBy: ['not linearizable'], realFaultRate: 0.1 },
  'a debit does not look at what is there': {
    bug: () =>
      withoutCondition(
        (write) => textOf(write, 'Key').includes('BALANCE#') && textOf(write, 'ConditionExpression').includes('>='),
        'attribute_exists(pk)',
      ),
    foundBy: ['negative balance', 'not linearizable', 'ledger is broken'],
    realFaultRate: 0.1,
  },
  'a credit is lost on its way': {
    bug: () =>
      alteredWrites((actions) => actions.filter((action) => !/BALANCE#.*if_not_exists/.test(JSON.stringify(action)))),
    foundBy: ['total differs', 'not linearizable', 'ledger is broken'],
    realFaultRate: 0.1,
  },
  'a time-out is taken for a failure': {
    bug: () => denying(() => new sharedErrors.DatabaseUnavailableError({})),
    foundBy: ['refused effect is there'],
    faults: lateRequests,
  },
  'a deposit is settled whatever its status': {
    bug: () =>
      withoutCondition((write) => textOf(write, 'Key').includes('TXN#') && write['UpdateExpression'] !== undefined),
    foundBy: ['not linearizable'],
  },
  'an idempotency key is claimed whoever has it': {
    bug: () => withoutCondition((write) => textOf(write, 'Item').includes('KEY#')),
    foundBy: ['effect is there more than once'],
  },
  'an order is put whatever is there': {
    bug: () => withoutCondition((write) => textOf(write, 'Item').includes('ORDER#')),
    foundBy: ['effect is there more than once'],
  },
  'an order is refunded as often as asked': {
    bug: () => withoutCondition((write) => textOf(write, 'ExpressionAttributeNames').includes('refundTransactionId')),
    foundBy: ['effect is there more than once'],
    kinds: ['deposit', 'adjust', 'buy', 'refund'],
  },
  'a name is registered whoever has it': {
    bug: () => withoutCondition((write) => textOf(write, 'Item').includes('PROFILE')),
    foundBy: ['effect is missing'],
  },
  'a fill is applied twice': {
    bug: () => fillingTwice,
    foundBy: ['total differs', 'not linearizable', 'ledger is broken'],
    ...triggered,
  },
  'a fill is lost': { bug: () => losingFills, foundBy: ['ledger is broken'], ...triggered },
  'an order never appears in an index of prices': {
    bug: () => emptyIndex,
    foundBy: ['ledger is broken'],
    ...triggered,
  },
};
