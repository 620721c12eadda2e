import { ensureTables, type Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { market, openServices } from '@cnop/simulation';
import { formatDecimal } from '@cnop/utils';

/** The tables of a bank. */
export const bankShapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** Makes the tables, the users and the one asset, before anything can go wrong. */
export async function openBank(database: Database, owners: readonly string[]): Promise<void> {
  const { users, assets } = openServices(database);
  const { assetId, decimals, priceScale, currency } = market;

  await ensureTables(database, bankShapes);
  await assets.createAsset({ assetId, name: 'Gold', category: 'COMMODITY', currency, decimals, priceScale });
  for (const owner of owners) {
    await users.createUser({
      username: owner,
      email: `${owner}@example.com`,
      password: 'correct horse battery',
      firstName: 'Ada',
      lastName: 'Lovelace',
    });
  }
}

/** Sets the price of the asset. */
export async function setPrice(database: Database, priceMinor: number): Promise<void> {
  const { assets } = openServices(database);

  await assets.setPrice({
    assetId: market.assetId,
    price: formatDecimal(BigInt(priceMinor), market.priceScale),
    asOf: new Date().toISOString(),
    source: 'bank-test',
  });
}
