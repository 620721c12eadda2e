import { isDomainError } from '@cnop/exceptions';
import { ledgerErrors } from '@cnop/entities-ledger';
import type { SdkRequest, SdkRequestHandler } from '@cnop/testing';
import type { PlantedBug } from '../../src/network/bank-network.ts';

const targetOf = ({ headers }: SdkRequest) => headers['x-amz-target']?.split('.').at(-1) ?? '';
const bodyOf = ({ body }: SdkRequest) =>
  typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);

/** The same request with another body. */
function withBody(request: SdkRequest, body: string): SdkRequest {
  const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(body)) };
  const copy = Object.create(Object.getPrototypeOf(request) as object) as SdkRequest;

  return Object.assign(copy, request, { headers, body });
}

/** Changes the bodies of transactions on their way. */
const alteredWrites = (alter: (body: string) => string): PlantedBug => ({
  handler: (inner) => ({
    ...inner,
    handle: (request, options) =>
      targetOf(request) === 'TransactWriteItems'
        ? inner.handle(withBody(request, alter(bodyOf(request))), options)
        : inner.handle(request, options),
  }),
});

type Call = (method: string, args: readonly unknown[]) => Promise<unknown>;

/** The same object, but every call of a method goes through `around`. */
const around = <TTarget extends object>(target: TTarget, change: (call: Call) => Call): TTarget =>
  new Proxy(target, {
    get: (_, name) => {
      const call = change((method, args) =>
        Reflect.apply(Reflect.get(target, method) as (...all: unknown[]) => Promise<unknown>, target, args),
      );

      return (...args: unknown[]) => call(String(name), args);
    },
  });

/** What is unknown is called something else. */
const denying =
  (denial: () => Error) =>
  (call: Call): Call =>
  (method, args) =>
    call(method, args).catch((error: unknown) => {
      throw isDomainError(error) && error.code === 'OUTCOME_UNKNOWN' ? denial() : error;
    });

/** Every deposit is made again under another key. */
const depositingTwice =
  (call: Call): Call =>
  async (method, args) => {
    const result = await call(method, args);
    const [create] = args as [{ readonly transactionType?: string; readonly idempotencyKey?: string }];
    if (method === 'createTransaction' && create.transactionType === 'DEPOSIT') {
      await call(method, [{ ...create, idempotencyKey: `${create.idempotencyKey}-again` }]).catch(() => undefined);
    }
    return result;
  };

type Response = Awaited<ReturnType<SdkRequestHandler['handle']>>['response'];

/** Answers every other look at a balance with what the look before it showed. */
function staleLooks(): PlantedBug {
  const shown = new Map<string, Response>();

  return {
    handler: (inner) => ({
      ...inner,
      handle: async (request, options) => {
        const body = bodyOf(request);
        if (!targetOf(request).includes('Get') || !body.includes('BALANCE#'))
          return await inner.handle(request, options);

        const earlier = shown.get(body);
        if (earlier && shown.delete(body)) return { response: earlier };
        const { response } = await inner.handle(request, options);
        const chunks: Uint8Array[] = [];
        for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
        const whole = { ...response, body: Buffer.concat(chunks) };
        shown.set(body, whole);
        return { response: whole };
      },
    }),
  };
}

const changedCalls = (change: (call: Call) => Call) => (): PlantedBug => ({
  services: (services) => ({
    ...services,
    balances: around(services.balances, change),
    flow: around(services.flow, change),
  }),
});

/** A bug with the rules that find it, and how many requests must go wrong for it to show. */
interface FoundBug {
  readonly bug: () => PlantedBug;
  readonly foundBy: readonly string[];
  readonly faultRate?: number;
}

/** Bugs that a bank may have, by what they are. */
export const plantedBugs: Readonly<Record<string, FoundBug>> = {
  'a deposit is made twice': {
    bug: changedCalls(depositingTwice),
    foundBy: ['total differs', 'not linearizable'],
  },
  'a lost success is told as a refusal': {
    bug: changedCalls(
      denying(() => new ledgerErrors.InsufficientFundsError({ code: 'USD', available: '0.00', required: '0.01' })),
    ),
    faultRate: 0.5,
    foundBy: ['refused effect is there', 'not linearizable'],
  },
  'a look shows what was there a while ago': { bug: staleLooks, foundBy: ['not linearizable'] },
  'a debit does not look at what is there': {
    bug: () => alteredWrites((body) => body.replace(/(ConditionExpression":"[^"]*)>=/g, '$1<>')),
    foundBy: ['negative balance', 'not linearizable', 'ledger is broken'],
  },
  'a credit is lost on its way': {
    bug: () =>
      alteredWrites((body) => {
        const { TransactItems, ...rest } = JSON.parse(body) as { TransactItems: Record<string, unknown>[] };
        const kept = TransactItems.filter((item) => !/BALANCE#.*if_not_exists/.test(JSON.stringify(item)));
        return JSON.stringify({ ...rest, TransactItems: kept });
      }),
    foundBy: ['total differs', 'not linearizable', 'ledger is broken'],
  },
};
