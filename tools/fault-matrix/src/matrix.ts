import { createDatabase } from '@cnop/database-core';
import * as engines from '@cnop/flow-order/engine';
import { importLibraries, type ModuleExports } from '@cnop/workspace';
import type { MatrixRow } from './row.ts';
import { assetRows } from './rows/asset-rows.ts';
import { balanceRows } from './rows/balance-rows.ts';
import { orderRows } from './rows/order-rows.ts';
import { engineRows } from './rows/engine-rows.ts';
import { sessionRows } from './rows/session-rows.ts';
import { standingRows } from './rows/standing-rows.ts';
import { triggerStateRows } from './rows/trigger-state-rows.ts';
import { userRows } from './rows/user-rows.ts';
import { venueRows } from './rows/venue-rows.ts';
import { openServices, type MoreServices } from './services.ts';
import { isRead, simpleEntities, simpleRows } from './simple-rows.ts';

/** Every row there is, with what it needs. */
export interface Matrix {
  readonly rows: readonly MatrixRow[];
  /** The DAOs that derived rows call. */
  readonly services: MoreServices;
  /** What keeps the matrix from covering everything that writes. */
  readonly uncovered: readonly string[];
}

/** Rows whose flows take many requests: of standing orders, of venues, and of the work on ticks. */
const longRows = [...standingRows, ...engineRows, ...venueRows, ...triggerStateRows];

const written = [...userRows, ...sessionRows, ...balanceRows, ...orderRows, ...longRows, ...assetRows];

/** The modes of a row in the short form: of one whose flow takes many requests those that leave a caller in doubt. */
export const shortModesOf = (row: MatrixRow): readonly string[] | undefined =>
  longRows.includes(row) ? ['at the single attempt', 'after a late first request'] : undefined;

/** What is public and writes nothing by itself: it reads, wires, or makes a part of a write that another method sends. */
const harmless: Readonly<Record<string, string>> = {
  'AssetDao.': 'getAssetsByIds getTicks readTicks ticks',
  'BalanceDao.':
    'captureAction creditAction creditHeldAction debitAction entryGuard findBalance getBalance getTransaction getTransactionsByIds getUserTransactions holdAction keyGuard listBalances putTransactionAction releaseAction',
  'OrderDao.':
    'dueOrders expiryEntries findOrder getOrder getOrders getOrdersByIds getOrdersByUser getOrdersByUserAndAsset getOrdersByUserAndStatus getOrdersSetAside getVenueOrders openOrderAction openOrderGuard placeOrderGuard putOrderAction refundOrderGuard trailEntries',
  // A sweep of expiries asks for every hour of a week; what it does to an order is what work on ticks does.
  'OrderEngine.': 'forget sweepExpiries',
  'OrderFlow.': 'getOrderEvents previewOrder watermarkOf',
  'TriggerStateDao.': 'loadCheckpoint loadExpiryHour',
  'UserDao.': 'clock findAccess findUserByEmail getUserByUsername verifyPassword',
  '': 'checkLedger createAccountQueue createAssetPriceSource createTrailMirror getBalanceDao getOrderDao getPortfolio getSessionDao getTriggerStateDao getUserDao ownerOf profileCheck toPortfolioResponse',
};
const harmlessNames = Object.entries(harmless).flatMap(([of, names]) => names.split(' ').map((name) => `${of}${name}`));

/** Collects the rows that are written by hand and those that are derived, and compares them with the code of the libraries. */
export async function loadMatrix(): Promise<Matrix> {
  const libraries = [...Object.values(await importLibraries(['dao', 'flow'])), engines];
  const factories = Object.values(await importLibraries(['entities'], 'testing'));
  const simple = simpleEntities([...libraries, ...factories], new Set(written.map(({ method }) => method)));
  const rows = [...written, ...simple.flatMap(simpleRows)];
  const { flow, engine } = openServices(nowhere());
  const names = libraries.flatMap((library) => publicNames(library, { OrderFlow: flow, OrderEngine: engine }));

  return {
    rows,
    services: Object.fromEntries(simple.map(({ type, open }) => [type, open])),
    uncovered: coverageProblems(
      names,
      new Set([...harmlessNames, ...names.filter((name) => simple.some((entity) => isRead(entity, name)))]),
      new Set(rows.map(({ method }) => method)),
    ),
  };
}

/** Nothing is ever sent there. */
const nowhere = () =>
  createDatabase({ region: 'eu-west-1', tables: { ledger: 'ledger', orders: 'orders', inventory: 'inventory' } });

type Names = ReadonlySet<string>;

/** What keeps the matrix from covering every method that writes, of all public names. */
export function coverageProblems(names: readonly string[], harmless: Names, covered: Names): string[] {
  const places = [...harmless, ...covered];
  const missing = places.filter((name) => !names.includes(name));

  return [
    ...names
      .filter((name) => !places.includes(name))
      .map((name) => `${name} has no row, and is not listed as harmless`),
    ...[...covered].filter((name) => harmless.has(name)).map((name) => `${name} has a row, and is listed as harmless`),
    ...missing.map((name) => `${name} has a row or is listed as harmless, and is missing`),
  ];
}

/**
 * Everything public that can be called in a library: functions, and methods as `OrderDao.createOrder`.
 *
 * @param flows - an object of each kind that a function of the library makes, such as `OrderFlow` by `createOrderFlow`.
 */
export function publicNames(library: ModuleExports, flows: Readonly<Record<string, object>>): string[] {
  return Object.entries(library).flatMap(([name, exported]) => {
    if (typeof exported !== 'function') return [];
    const type = name.replace(/^create/, '');
    const flow = flows[type];
    if (flow) return Object.keys(flow).map((method) => `${type}.${method}`);

    return isClass(exported) ? methodsOf(exported).map((method) => `${name}.${method}`) : [name];
  });
}

const isClass = (exported: object): boolean => /^class\b/.test(Function.prototype.toString.call(exported));

/** Methods and getters of the instances, inherited ones too, and static methods. */
function methodsOf(constructor: object): string[] {
  const names = new Set(Object.getOwnPropertyNames(constructor));
  for (const name of ['length', 'name', 'prototype']) names.delete(name);
  let prototype: unknown = Reflect.get(constructor, 'prototype');

  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    for (const name of Object.getOwnPropertyNames(prototype)) if (name !== 'constructor') names.add(name);
    prototype = Object.getPrototypeOf(prototype);
  }
  return [...names];
}
