import { executeWrite } from '@cnop/database-core';
import type { NewAsset } from '@cnop/dao-inventory';
import type { OrderCreate } from '@cnop/entities-order';
import { silver } from './silver-name.ts';
import { addUser, deposit, inTurn, type World } from './world.ts';

/** A balance in silver as a fact. */
export const silverBalance = (available: number, { held = 0, by = 0, version = 1 }): string =>
  `${silver} available ${available} held ${held} by ${by} in 0 out 0 ACTIVE v${version}`;

/** A balance in USD as a fact, with what is held. */
export const heldCash = (available: number, { held = 0, by = 0, deposited = 1000, version = 1 }): string =>
  `USD available ${available} held ${held} by ${by} in ${deposited} out 0 ACTIVE v${version}`;

/** Lists the world's silver at 1.00 USD. */
export const listSilver =
  (terms: Partial<NewAsset> = {}) =>
  async ({ assets, assetId, database }: World): Promise<void> => {
    const usual = { name: 'Silver', category: 'COMMODITY', currency: 'USD', decimals: 0, priceScale: 2 } as const;
    const asOf = database.clock.now().toISOString();

    await assets.createAsset({ assetId, ...usual, ...terms });
    await assets.setPrice({ assetId, price: '1.00', asOf, source: 'matrix' });
  };

/** A tick that lies some seconds ahead, at most 5: the orders that are there are older than it. */
export const tick =
  (price: string, inSeconds = 1) =>
  async ({ assets, assetId, database }: World): Promise<void> => {
    const asOf = new Date(database.clock.now().getTime() + inSeconds * 1_000).toISOString();
    await assets.setPrice({ assetId, price, asOf, source: 'matrix' });
  };

/** A user with 10.00 USD, and silver that is listed. */
export const withCash = (terms: Partial<NewAsset> = {}) =>
  inTurn(addUser, (world) => deposit(world, 1_000n), listSilver(terms));

/** A user with five of silver, which is listed. */
export const withSilverBars = (terms: Partial<NewAsset> = {}) => inTurn(addUser, listSilver(terms), addBars);

async function addBars({ balances, owner, assetId }: World): Promise<void> {
  const adjustment = { owner, transactionType: 'SYSTEM_ADJUSTMENT', code: assetId, scale: 0 } as const;
  await balances.createTransaction({ ...adjustment, amountMinor: 5n });
}

/** The terms of an order, but for asset and quantity. */
export type Terms = Readonly<Record<string, unknown>>;

/** Terms of each kind of order that waits while the price is 1.00. */
export const kinds = {
  limitBuy: { orderType: 'LIMIT_BUY', limitPrice: '0.90' },
  limitSell: { orderType: 'LIMIT_SELL', limitPrice: '1.10' },
  stopBuy: { orderType: 'STOP_LOSS_BUY', stopPrice: '1.10', maxPrice: '1.20' },
  stopSell: { orderType: 'STOP_LOSS_SELL', stopPrice: '0.90' },
  stopLimitSell: { orderType: 'STOP_LOSS_SELL', stopPrice: '0.90', limitPrice: '0.88' },
  trail: { orderType: 'TRAILING_STOP_SELL', trailAmount: '0.10' },
  oco: { orderType: 'OCO_SELL', limitPrice: '1.20', stopPrice: '0.80' },
  bracket: { orderType: 'LIMIT_BUY', limitPrice: '0.90', exits: { takeProfitPrice: '1.20', stopPrice: '0.80' } },
} as const satisfies Readonly<Record<string, Terms>>;

/** Places an order for three of silver. */
export const place =
  (terms: Terms) =>
  ({ flow, owner, assetId }: World) =>
    flow.placeOrder({ owner, order: { assetId, quantity: '3', ...terms } as unknown as OrderCreate });

/** The same as a step of what exists before: the id of the order. */
export const placed = (terms: Terms) => async (world: World) => (await place(terms)(world)).order.orderId;

/** An order that expires in three seconds: a tick that is further ahead is past that. */
export const placedForSeconds = (terms: Terms) => (world: World) => {
  const expiresAt = new Date(world.database.clock.now().getTime() + 3_000).toISOString();
  return placed({ ...terms, expiresAt })(world);
};

/** Takes the order out of reach of triggers, as an engine does that cannot execute it. */
export async function putAside({ orders, given, database }: World): Promise<void> {
  const from = await orders.getOrder(given);
  const setAsideAt = database.clock.now().toISOString();
  const to = { ...from, setAsideAt, setAsideCode: 'BALANCE_SCALE_MISMATCH', version: from.version + 1 };
  const guard = orders.openOrderGuard({ from, to, writeId: database.ids.ulid() });

  await executeWrite(database, { operation: 'putAside', guard });
}
