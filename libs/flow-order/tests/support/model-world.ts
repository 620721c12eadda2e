import { createOrderEngine, type OrderEngine } from '@cnop/flow-order/engine';
import { exitIdFor, isOpen, type Order, type OrderCreate } from '@cnop/entities-order';
import { isDomainError } from '@cnop/exceptions';
import { formatDecimal } from '@cnop/utils';
import { ExchangeModel, type ModelDraft } from './exchange-model.ts';
import { findLedgerBreaks } from './ledger-breaks.ts';
import { isOver, type ModelOrder } from './order-model.ts';
import type { ExchangeProcess, TestExchange } from './test-exchange.ts';

/** One asset, as it is stored and as the model knows it. */
export interface ModelMarket {
  readonly model: ExchangeModel;
  readonly assetId: string;
  readonly owner: string;
  /** The ids of the entries, by the names that the model gives them. */
  readonly ids: Map<string, string>;
}

/** What the commands of one sequence work on: an asset that the platform executes, one that a venue executes, and the engine of both. */
export interface ModelWorld {
  readonly exchange: TestExchange;
  readonly markets: readonly [ModelMarket, ModelMarket];
  process: ExchangeProcess;
  engine: OrderEngine;
}

export const priceText = (minor: bigint): string => formatDecimal(minor, 3);
export const quantityText = (minor: bigint): string => formatDecimal(minor, 6);
export const timeText = (ms: number): string => new Date(ms).toISOString();

/** Two new assets, each with an owner and a first tick. */
export async function openWorld(exchange: TestExchange): Promise<ModelWorld> {
  exchange.clock.advance(1_000);
  const bandBps = 1_000n;
  const platform = await openMarket(exchange, { bandBps });
  const venue = await openMarket(exchange, { venue: { maxFills: 3 } });

  return { exchange, markets: [platform, venue], ...startEngine(exchange) };
}

async function openMarket(
  exchange: TestExchange,
  terms: { readonly bandBps?: bigint; readonly venue?: { readonly maxFills: number } },
): Promise<ModelMarket> {
  const { bandBps, venue } = terms;
  const assetId = await exchange.list({
    ...(bandBps !== undefined && { maxTickMoveBps: Number(bandBps) }),
    ...(venue && { execution: 'VENUE', ...venue }),
  });
  const owner = await exchange.trader({ EUR: '100000.00', [assetId]: '1000' });
  const model = new ExchangeModel({ now: exchange.clock.now().getTime(), ...terms });
  await exchange.tick(assetId, '50.000');
  model.tick(50_000n, model.now);

  return { model, assetId, owner, ids: new Map() };
}

/** A process with an engine in it, as after the death of the one before. */
export function startEngine(exchange: TestExchange): Pick<ModelWorld, 'process' | 'engine'> {
  const process = exchange.connect();

  return { process, engine: createOrderEngine({ database: process.database, checkpointEveryTicks: 4 }) };
}

/** All that is due is done. */
export async function workAll({ engine, markets }: ModelWorld): Promise<void> {
  for (const { assetId } of markets) await engine.workTicks(assetId);
  await engine.sweepExpiries();
}

/** The request that the draft of the model stands for. */
export function requestOf(
  draft: ModelDraft,
  { assetId, isAtOnce }: { assetId: string; isAtOnce: boolean },
): OrderCreate {
  const { side, kind, limit, stop, stopLimit, trail, bps, exits, notional, quantity } = draft;
  const text = (name: string, minor: bigint | undefined) => minor !== undefined && { [name]: priceText(minor) };
  const type = {
    LIMIT: 'LIMIT',
    STOP: (trail ?? bps) ? 'TRAILING_STOP' : 'STOP_LOSS',
    TARGET: 'TAKE_PROFIT',
    OCO: 'OCO',
  }[kind];

  return {
    assetId,
    orderType: `${type}_${side}`,
    ...(notional === undefined ? { quantity: quantityText(quantity) } : { notional: formatDecimal(notional, 2) }),
    ...text('limitPrice', limit ?? stopLimit),
    ...text('stopPrice', stop),
    ...text('trailAmount', trail),
    ...(bps !== undefined && { trailPercent: formatDecimal(bps, 2) }),
    ...(exits && { exits: { takeProfitPrice: priceText(exits.profit), stopPrice: priceText(exits.stop) } }),
    ...(Number.isFinite(draft.expiresAt) && { expiresAt: timeText(draft.expiresAt) }),
    ...(isAtOnce && { timeInForce: 'IOC' }),
  } as OrderCreate;
}

/** The code of the refusal, if it is one. */
export async function refusalOf(act: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}

/** The id of an order; exits are named after their entry. */
export function idOf({ ids }: ModelMarket, ref: string): string {
  const [entry = '', exit] = ref.split('/exit');
  const id = ids.get(entry) ?? '';

  return exit === undefined ? id : exitIdFor(id, Number(exit));
}

/** Every order and balance is as the model has it. */
export async function expectSame({ exchange, markets }: ModelWorld): Promise<void> {
  for (const market of markets) {
    const { model, owner, assetId } = market;
    const ids = model.orders.map(({ ref }) => idOf(market, ref));
    const stored = new Map((await exchange.orders.getOrdersByIds(ids)).map((order) => [order.orderId, order]));
    const balances = await exchange.balances.listBalances(owner);
    const balanceOf = (code: string) => {
      const { availableMinor = 0n, heldMinor = 0n } = balances.find((each) => each.code === code) ?? {};
      return { available: availableMinor, held: heldMinor };
    };

    expect({
      orders: ids.map((id) => storedState(stored.get(id))),
      cash: balanceOf('EUR'),
      asset: balanceOf(assetId),
    }).toEqual({ orders: model.orders.map(modelState), cash: model.cash, asset: model.asset });
  }
}

/** Both owners' ledgers add up. */
export async function expectCleanLedger({ exchange, markets }: ModelWorld): Promise<void> {
  expect(await findLedgerBreaks({ ...exchange, owners: markets.map(({ owner }) => owner) })).toEqual([]);
}

const modelState = (order: ModelOrder) => {
  const { status, code, ending, quantity, held, cap, working, fills } = order;
  // Whether an order was asked to end before its last fill depends on when an engine came to it.
  return {
    ...{ status, code, quantity, held, cap, fills },
    ending: isOver(order) ? undefined : ending,
    works: working !== undefined,
  };
};

const storedState = (order: Order | undefined) =>
  order && {
    status: order.status,
    code: order.failureCode,
    ending: isOpen(order.status) ? order.endRequested?.status : undefined,
    quantity: order.quantityMinor,
    held: order.heldMinor,
    cap: order.maxPriceMinor,
    works: order.triggeredAt !== undefined,
    fills: order.fills.map((fill) => ({
      price: fill.priceMinor,
      quantity: fill.quantityMinor,
      money: fill.notionalMinor,
      fee: fill.feeMinor ?? 0n,
      by: fill.venueFillId ?? `${Date.parse(fill.tickAsOf ?? order.priceAsOf ?? '')}`,
    })),
  };
