import type { ExecuteOrder } from '@cnop/flow-order';
import type { OrderEngine } from '@cnop/flow-order/engine';
import {
  exitIdFor,
  sideOf,
  toOrderResponse,
  type Order,
  type OrderAmendment,
  type OrderCreate,
} from '@cnop/entities-order';
import { isDomainError } from '@cnop/exceptions';
import { formatDecimal } from '@cnop/utils';
import type { ExchangeProcess, TestExchange } from './test-exchange.ts';

/** A worked case of standing orders: what happens in turn, and what must hold after each step. */
export interface StandingCase {
  readonly id: string;
  readonly title: string;
  readonly settings?: CaseSettings;
  /** What the owner has at first, as decimal text. */
  readonly start: Readonly<Record<string, string>>;
  readonly steps: readonly CaseStep[];
}

/** What replaces the common settings of all cases. */
export interface CaseSettings {
  readonly feeBps?: number;
  readonly collarBps?: number;
  readonly maxTickMoveBps?: number;
  /** Who executes the orders of the asset, and in how many fills. Default: the platform. */
  readonly execution?: 'VENUE';
  readonly maxFills?: number;
}

type ByRef<TFields> = TFields & { readonly ref: string };

/** One step of a case. */
export interface CaseStep {
  readonly do:
    | ('tick' | 'wait' | 'place' | 'amend' | 'cancel' | 'refund' | 'fill' | 'confirmEnd')
    | ('halt' | 'resume' | 'pause' | 'unpause' | 'close' | 'freeze');
  /** When it happens. */
  readonly at: string;
  readonly asOf?: string;
  readonly price?: string;
  readonly order?: ByRef<Omit<OrderCreate, 'assetId'>>;
  readonly changes?: ByRef<OrderAmendment>;
  readonly cancel?: { readonly ref: string };
  readonly refund?: { readonly ref: string };
  /** What a venue reports. */
  readonly fill?: ByRef<Omit<ExecuteOrder, 'orderId'>>;
  readonly confirmEnd?: { readonly ref: string };
  /** The balance to freeze. */
  readonly code?: string;
  /** The code of the refusal that the step meets. */
  readonly refused?: string;
  readonly because?: string;
  readonly after: CaseState;
}

interface CaseState {
  readonly orders: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly balances: Readonly<Record<string, { readonly available: string; readonly held: string }>>;
}

/** What a case works on. */
export interface CaseWorld {
  readonly exchange: TestExchange;
  readonly process: ExchangeProcess;
  readonly engine: OrderEngine;
  readonly assetId: string;
  readonly owner: string;
  /** The ids of the orders, by the names that the case gives them. */
  readonly refs: Map<string, string>;
}

/** Does one step, works off all that follows from it, and tells the state after it, in the words of the case. */
export async function takeCaseStep(world: CaseWorld, step: CaseStep): Promise<{ refused?: string; after: CaseState }> {
  const { exchange, engine, assetId } = world;
  exchange.clock.set(step.at);
  const refused = await refusalCodeOf(() => perform(world, step));

  await engine.workTicks(assetId);
  await engine.sweepExpiries();
  return { ...(refused !== undefined && { refused }), after: await stateOf(world, step.after) };
}

async function perform(world: CaseWorld, step: CaseStep): Promise<unknown> {
  const { process, assetId, owner, refs } = world;
  const { flow, assets, balances } = process;

  switch (step.do) {
    case 'tick':
      return await assets.setPrice({ assetId, price: step.price ?? '', asOf: step.asOf ?? step.at, source: 'test' });
    case 'place': {
      const { ref = '', ...fields } = step.order ?? {};
      const { order } = await flow.placeOrder({ owner, order: { ...fields, assetId } as OrderCreate });
      return refs.set(ref, order.orderId);
    }
    case 'amend': {
      const { ref = '', ...amendment } = step.changes ?? {};
      return await flow.amendOrder({ orderId: orderIdOf(world, ref), owner, amendment });
    }
    case 'cancel':
      return await flow.cancelOrder({ orderId: orderIdOf(world, step.cancel?.ref), owner });
    case 'refund':
      return await flow.refundOrder({ orderId: orderIdOf(world, step.refund?.ref) });
    case 'fill': {
      const { ref = '', venueFillId = '', quantity = '', price = '' } = step.fill ?? {};
      return await flow.executeOrder({ orderId: orderIdOf(world, ref), venueFillId, quantity, price });
    }
    case 'confirmEnd':
      return await flow.confirmEnd({ orderId: orderIdOf(world, step.confirmEnd?.ref) });
    case 'halt':
      return await assets.deactivateAsset(assetId);
    case 'resume':
      return await assets.activateAsset(assetId);
    case 'pause':
      return await assets.pauseTriggers(assetId);
    case 'unpause':
      return await assets.resumeTriggers(assetId);
    case 'freeze':
      return await balances.updateBalance({ owner, code: step.code === 'EUR' ? 'EUR' : assetId, status: 'FROZEN' });
    case 'close':
      return await flow.closeOrders({ assetId });
    case 'wait':
      return undefined;
  }
}

async function refusalCodeOf(act: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}

/** What the case looks at, and no more. */
async function stateOf(world: CaseWorld, expected: CaseState): Promise<CaseState> {
  const { process, owner, exchange } = world;
  const holdings = await exchange.holdings(owner);
  const orders: Record<string, Readonly<Record<string, unknown>>> = {};

  for (const [ref, fields] of Object.entries(expected.orders)) {
    const order = await process.orders.findOrder(orderIdOf(world, ref));
    const shown = order ? await shownOrder(world, order) : {};
    orders[ref] = Object.fromEntries(Object.keys({ ...fields, status: '' }).map((name) => [name, shown[name]]));
  }
  const balances = Object.fromEntries(
    Object.keys(expected.balances).map((code) => [code, holdings[code] ?? { available: '0', held: '0' }]),
  );
  return { orders, balances };
}

/** The exits of an order are named after it: `o1/exit1`. */
function orderIdOf({ refs }: CaseWorld, ref = ''): string {
  const [entry = '', exit] = ref.split('/exit');
  const entryId = refs.get(entry) ?? '';

  return exit === undefined ? entryId : exitIdFor(entryId, Number(exit));
}

async function shownOrder({ process, refs }: CaseWorld, order: Order): Promise<Record<string, unknown>> {
  const watermark = await process.flow.watermarkOf(order);
  const response = toOrderResponse(order, watermark);
  const parent = [...refs].find(([, orderId]) => orderId === order.parentOrderId)?.[0];
  const heldScale = sideOf(order.orderType) === 'BUY' ? order.currencyScale : order.quantityScale;

  return {
    ...response,
    filled: response.filledQuantity,
    held: formatDecimal(order.heldMinor, heldScale),
    parent,
    ending: order.endRequested?.status,
    ...(order.refundTransactionId !== undefined && { refunded: true }),
    fills: response.fills.map((fill) => ({
      price: fill.price,
      quantity: fill.quantity,
      money: fill.notional,
      ...(order.feeBps !== undefined && { fee: fill.fee }),
      asOf: fill.tickAsOf ?? response.priceAsOf,
    })),
  };
}
