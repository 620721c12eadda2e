import type { OrderResult } from '../../src/index.ts';
import type { Order, OrderAmendment, OrderCreate } from '@cnop/entities-order';
import type { TestExchange } from './test-exchange.ts';

/** One owner at one new asset, each in a test of its own. */
export interface OrderDesk {
  readonly assetId: string;
  readonly owner: string;
  /** Places an order on the asset, and returns its id. */
  place(order: Omit<OrderCreate, 'assetId'> | object): Promise<string>;
  amend(orderId: string, amendment: OrderAmendment): Promise<OrderResult>;
  /** Sets a price of a second, and the clock to it. */
  tick(second: number, price: string): Promise<void>;
  order(orderId: string): Promise<Order>;
  /** What is held and available of the money and of the asset, as decimal text. */
  holdings(): Promise<{ readonly EUR: Held; readonly gold: Held }>;
}

interface Held {
  readonly available: string;
  readonly held: string;
}

/** What a desk begins with. */
export interface DeskOptions {
  readonly eur?: string;
  readonly gold?: string;
  /** Of the asset. */
  readonly terms?: Parameters<TestExchange['list']>[0];
}

/** Opens desks, each in an hour of its own. */
export interface OrderDesks {
  /** A moment of the test in hand, by its second. */
  at(second: number): string;
  /** A desk at second 1, its asset at a price of second 0. */
  open(price: string, options?: DeskOptions): Promise<OrderDesk>;
}

/** Desks for the tests of a file; before each test the clock moves on by an hour. */
export function useOrderDesks(exchange: TestExchange): OrderDesks {
  const { clock, flow, orders } = exchange;
  const start = clock.now().getTime();
  const none = { available: '0', held: '0' };
  let hour = 0;
  const at = (second: number) => new Date(start + hour * 3_600_000 + second * 1_000).toISOString();

  beforeEach(() => {
    hour += 1;
    clock.set(at(0));
  });

  return {
    at,
    open: async (price, { eur = '2500.00', gold = '20', terms = {} } = {}) => {
      const assetId = await exchange.list(terms);
      const owner = await exchange.trader({ EUR: eur, [assetId]: gold });
      await exchange.tick(assetId, price, at(0));
      clock.set(at(1));

      return {
        assetId,
        owner,
        place: async (order) => {
          const { order: placed } = await flow.placeOrder({ owner, order: { assetId, ...order } as OrderCreate });
          return placed.orderId;
        },
        amend: (orderId, amendment) => flow.amendOrder({ orderId, owner, amendment }),
        tick: (second, text) => exchange.tick(assetId, text, at(second)),
        order: (orderId) => orders.getOrder(orderId),
        holdings: async () => {
          const { EUR = none, [assetId]: asset = none } = await exchange.holdings(owner);
          return { EUR, gold: asset };
        },
      };
    },
  };
}
