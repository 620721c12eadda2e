import { exitIdFor, type OrderResponse } from '@cnop/entities-order';
import type { Desk, DeskAnswer, Send } from './case-desk.ts';

/** A worked case of standing orders: what happens in turn, and what must hold after each step. */
export interface StandingCase {
  readonly id: string;
  readonly title: string;
  readonly settings?: CaseSettings;
  readonly start: Readonly<Record<string, string>>;
  readonly steps: readonly CaseStep[];
}

/** What replaces the common settings of the cases of a file. */
export interface CaseSettings {
  readonly feeBps?: number;
  readonly collarBps?: number;
  readonly maxTickMoveBps?: number;
  readonly execution?: 'PLATFORM' | 'VENUE';
  readonly maxFills?: number;
}

type Reference = Readonly<Record<string, unknown>> & { readonly ref: string };

/** One step of a case: what is done, of which order, and the state that it leads to. */
export interface CaseStep {
  readonly do: string;
  readonly at: string;
  readonly asOf?: string;
  readonly price?: string;
  readonly order?: Reference;
  readonly changes?: Reference;
  readonly cancel?: Reference;
  readonly refund?: Reference;
  readonly fill?: Reference;
  readonly confirmEnd?: Reference;
  readonly code?: string;
  readonly refused?: string;
  readonly after: CaseState;
}

/** Orders by their names in the case, and balances by code. */
export interface CaseState {
  readonly refused?: string;
  readonly orders: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly balances: Readonly<Record<string, { readonly available: string; readonly held: string }>>;
}

/** Who takes part in a case. */
export interface CaseWorld {
  readonly desk: Desk;
  readonly assetId: string;
  readonly owner: Send;
  readonly venue: Send;
  readonly feed: Send;
  readonly admin: Send;
  /** Freezes a balance of the owner, which is not done over HTTP. */
  readonly freeze: (code: string) => Promise<unknown>;
  /** The ids of the orders, by the names that the case gives them. */
  readonly refs: Map<string, string>;
}

/** Sends one step, lets the worker work off what follows from it, and asks for the state after it. */
export async function takeCaseStep(world: CaseWorld, step: CaseStep) {
  const answer = step.do === 'wait' ? undefined : await send(world, step);
  const refused = answer && answer.status >= 400 ? (answer.body as { code?: string }).code : undefined;
  if (answer?.status === 500) throw new Error(`${step.do}: ${JSON.stringify(answer)}`);
  if (step.do === 'place' && refused === undefined) {
    world.refs.set(step.order?.ref ?? '', (answer?.body as OrderResponse).orderId);
  }

  await world.desk.engine.workTicks(world.assetId);
  await world.desk.engine.sweepExpiries();
  return { refused, after: await stateOf(world, step.after) };
}

async function send(world: CaseWorld, step: CaseStep): Promise<DeskAnswer<unknown> | undefined> {
  const { assetId, owner, venue, feed, admin } = world;
  const asset = `/v1/assets/${assetId}`;
  const order = (reference?: Reference) => `/v1/orders/${orderIdOf(world, reference?.ref)}`;

  switch (step.do) {
    case 'tick': {
      const { price, asOf = step.at } = step;
      return await feed(`PUT ${asset}/price`, { price, asOf, source: 'test' });
    }
    case 'place':
      return await owner('POST /v1/orders', { ...withoutRef(step.order), assetId });
    case 'amend':
      return await owner(`PATCH ${order(step.changes)}`, withoutRef(step.changes));
    case 'cancel':
      return await owner(`POST ${order(step.cancel)}/cancel`);
    case 'refund':
      return await admin(`POST ${order(step.refund)}/refund`);
    case 'fill':
      return await venue(`POST ${order(step.fill)}/executions`, withoutRef(step.fill));
    case 'confirmEnd':
      return await venue(`POST ${order(step.confirmEnd)}/confirm-end`);
    case 'halt':
      return await admin(`POST ${asset}/deactivate`);
    case 'resume':
      return await admin(`POST ${asset}/activate`);
    case 'pause':
      return await admin(`POST ${asset}/pause-triggers`);
    case 'unpause':
      return await admin(`POST ${asset}/resume-triggers`);
    case 'close':
      return await admin(`POST /v1/admin/assets/${assetId}/close-orders`);
    case 'freeze':
      await world.freeze(step.code === 'EUR' ? 'EUR' : assetId);
      return undefined;
    default:
      throw new Error(`There is no step ${step.do}.`);
  }
}

function withoutRef(reference: Reference | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(reference ?? {}).filter(([name]) => name !== 'ref'));
}

/** What the case looks at, and no more. */
async function stateOf(world: CaseWorld, expected: CaseState): Promise<CaseState> {
  const { body: balances } = await world.owner<{ items: { code: string; available: string; held: string }[] }>(
    'GET /v1/balances',
  );
  const orders: Record<string, Readonly<Record<string, unknown>>> = {};

  for (const [ref, fields] of Object.entries(expected.orders)) {
    const { body } = await world.owner<OrderResponse>(`GET /v1/orders/${orderIdOf(world, ref)}`);
    const shown = inWordsOfCases(body, world.refs);
    orders[ref] = Object.fromEntries(Object.keys({ ...fields, status: '' }).map((name) => [name, shown[name]]));
  }
  const held = new Map(balances.items.map(({ code, available, held }) => [code, { available, held }]));
  return {
    orders,
    balances: Object.fromEntries(
      Object.keys(expected.balances).map((code) => [code, held.get(code) ?? { available: '0', held: '0' }]),
    ),
  };
}

/** The exits of an order are named after it: `o1/exit1`. */
function orderIdOf({ refs }: CaseWorld, ref = ''): string {
  const [entry = '', exit] = ref.split('/exit');
  const entryId = refs.get(entry) ?? '';

  return exit === undefined ? entryId : exitIdFor(entryId, Number(exit));
}

function inWordsOfCases(order: OrderResponse, refs: ReadonlyMap<string, string>): Record<string, unknown> {
  return {
    ...order,
    filled: order.filledQuantity,
    parent: [...refs].find(([, orderId]) => orderId === order.parentOrderId)?.[0],
    ending: order.endRequested?.status,
    ...(order.refundTransactionId !== undefined && { refunded: true }),
    fills: order.fills.map((fill) => ({
      price: fill.price,
      quantity: fill.quantity,
      money: fill.notional,
      fee: fill.fee,
      asOf: fill.tickAsOf ?? order.priceAsOf,
    })),
  };
}
