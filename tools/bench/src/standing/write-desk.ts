import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { NewAsset } from '@cnop/dao-inventory';
import type { Order } from '@cnop/entities-order';
import { toOrderItem } from '@cnop/entities-order/table';
import { answerError, createFaultInjector } from '@cnop/testing';
import { consumptionOf, type Consumption } from './consumption.ts';
import type { Exchange } from './exchange.ts';

/** Where a write is measured: an asset at 50.000 and an owner of it, used once. */
export interface WriteDesk {
  readonly exchange: Exchange;
  readonly assetId: string;
  readonly owner: string;
  /** Places an order over 2 of the asset, unless the terms say otherwise. */
  place(terms: object): Promise<Order>;
  tick(price: string): Promise<void>;
  /** What a call consumes. */
  consumed(call: () => Promise<unknown>): Promise<Consumption>;
  /** What an engine consumes that works a tick at this price. */
  worked(price: string): Promise<Consumption>;
  /** The same for the attempt after which an order is set aside, without the writes that were refused. */
  setAside(price: string): Promise<Consumption>;
  /** Takes an order out of reach of triggers, as if an execution had failed that is no longer due. */
  putAside(order: Order): Promise<void>;
}

/** Lists an asset and funds an owner. */
export async function openDesk(exchange: Exchange, assetId: string, terms: Partial<NewAsset> = {}): Promise<WriteDesk> {
  const { database, clock } = exchange;
  const owner = `owner-${assetId.toLowerCase()}`;
  await exchange.list(assetId, '50', terms);
  await exchange.fund(owner, assetId);
  clock.advance(1_000);
  const consumed = (call: () => Promise<unknown>) => consumptionOf(database, call);
  const tick = (price: string) => exchange.tick(assetId, price);

  return {
    exchange,
    assetId,
    owner,
    tick,
    consumed,
    place: (order) => exchange.place(owner, { assetId, quantity: '2', ...order }),
    worked: async (price) => {
      const engine = exchange.engine();
      await engine.workTicks(assetId);
      await tick(price);
      return await consumed(() => engine.workTicks(assetId));
    },
    setAside: async (price) => {
      await tick(price);
      const requestHandler = createFaultInjector();
      const other = exchange.connect({ requestHandler });
      const engine = exchange.engine({ database: other });
      const refusal = answerError('ValidationException');
      requestHandler.script('TransactWriteItems', refusal, refusal, refusal);
      await engine.workTicks(assetId);
      await engine.workTicks(assetId);
      return await consumptionOf(other, () => engine.workTicks(assetId));
    },
    putAside: async (order) => {
      const aside = { ...order, setAsideAt: clock.now().toISOString(), setAsideCode: 'DATABASE_ERROR' };
      const guard = { requestHash: 'bench', writeId: 'bench' };
      const Item = toOrderItem(aside, guard, { trigger: 1, expiry: 4 });
      await database.writer.send(new PutCommand({ TableName: database.tableName('orders'), Item }));
    },
  };
}
