import { AssetDao, type NewAsset } from '@cnop/dao-inventory';
import { BalanceDao } from '@cnop/dao-ledger';
import { OrderDao } from '@cnop/dao-order';
import { createDatabase, ensureTables, type Database, type DatabaseOptions } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { createFaultInjector, type FaultInjector, isolatedTables, testConnection, withoutStreams } from '@cnop/testing';
import { createManualClock, formatDecimal, type ManualClock } from '@cnop/utils';
import { isCurrencyCode } from '@cnop/validation';
import { createOrderFlow, type OrderFlow, type OrderFlowOptions } from '../../src/index.ts';
import { findLedgerBreaks } from './ledger-breaks.ts';

/** One process: a connection of its own, whose requests fail by script; it never really waits between attempts. */
export interface ExchangeProcess {
  readonly database: Database;
  readonly flow: OrderFlow;
  readonly assets: AssetDao;
  readonly orders: OrderDao;
  readonly balances: BalanceDao;
  readonly http: FaultInjector;
}

/** Decimal texts by code. */
export type Amounts = Readonly<Record<string, string>>;

/** Assets with real ticks and orders on them, over tables of the test file's own, at a time that the test sets. */
export interface TestExchange extends ExchangeProcess {
  readonly clock: ManualClock;
  readonly owners: string[];
  /** Another process on the same tables. */
  connect(options?: {
    readonly database?: Partial<DatabaseOptions>;
    readonly flow?: Partial<OrderFlowOptions>;
  }): ExchangeProcess;
  /** A new asset: by default GLDX in EUR, with prices in thousandths and quantities in millionths. */
  list(overrides?: Partial<NewAsset>): Promise<string>;
  /** Sets a price as of now, or of another time, which the clock is set to. */
  tick(assetId: string, price: string, asOf?: string): Promise<void>;
  /** A new owner who has this much. */
  trader(endowment?: Amounts): Promise<string>;
  /** What an owner has of each code, as decimal text. */
  holdings(owner: string): Promise<Record<string, { readonly available: string; readonly held: string }>>;
}

/** One pool of connections for all processes of a test file. */
const pool = createFaultInjector({ keepCalls: 0 });

/** Opens an exchange before the tests of the file; after them its ledger must balance. */
export function useTestExchange(flowOptions: Partial<OrderFlowOptions> = {}): TestExchange {
  const clock = createManualClock('2026-03-02T14:30:00.000Z');
  const tables = isolatedTables(['ledger', 'orders', 'inventory']);
  const opened: Database[] = [];
  const owners: string[] = [];
  let assetsListed = 0;

  const connect: TestExchange['connect'] = (options = {}) => {
    const http = createFaultInjector({ inner: pool, clock });
    const database = createDatabase({
      ...testConnection(),
      tables,
      clock,
      requestHandler: http,
      sleep: () => Promise.resolve(),
      ...options.database,
    });

    opened.push(database);
    return {
      database,
      flow: createOrderFlow({ database, ...flowOptions, ...options.flow }),
      assets: new AssetDao({ database }),
      orders: new OrderDao({ database }),
      balances: new BalanceDao({ database }),
      http,
    };
  };
  const main = connect();
  const { assets, balances, database } = main;

  const give = async (owner: string, code: string, amount: string) => {
    await (isCurrencyCode(code)
      ? balances.createTransaction({ owner, transactionType: 'DEPOSIT', code, amount })
      : assets
          .getAsset(code)
          .then(({ decimals: scale }) =>
            balances.createTransaction({ owner, transactionType: 'SYSTEM_ADJUSTMENT', code, scale, amount }),
          ));
  };

  beforeAll(() => ensureTables(database, withoutStreams([ledgerTableShape, ordersTableShape, inventoryTableShape])));
  afterAll(async () => {
    expect(await findLedgerBreaks({ ...main, owners })).toEqual([]);
    opened.forEach((each) => each.close());
  });

  return {
    ...main,
    clock,
    owners,
    connect,
    list: async (overrides = {}) => {
      assetsListed += 1;
      const { assetId } = await assets.createAsset({
        assetId: assetsListed === 1 ? 'GLDX' : `GLDX${assetsListed}`,
        name: 'Gold',
        category: 'COMMODITY',
        currency: 'EUR',
        priceScale: 3,
        decimals: 6,
        minQuantity: '0.000100',
        minNotional: '1.00',
        ...overrides,
      });
      return assetId;
    },
    tick: async (assetId, price, asOf) => {
      if (asOf !== undefined) clock.set(asOf);
      await assets.setPrice({ assetId, price, asOf: asOf ?? clock.now().toISOString(), source: 'test' });
    },
    trader: async (endowment = {}) => {
      const owner = `trader-${owners.length + 1}`;
      owners.push(owner);
      for (const [code, amount] of Object.entries(endowment)) await give(owner, code, amount);
      return owner;
    },
    holdings: async (owner) => {
      const all = await balances.listBalances(owner);
      return Object.fromEntries(
        all.map(({ code, scale, availableMinor, heldMinor }) => [
          code,
          { available: formatDecimal(availableMinor, scale), held: formatDecimal(heldMinor, scale) },
        ]),
      );
    },
  };
}
