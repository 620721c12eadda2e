import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { market } from './clients/market.ts';
import { openOutsider } from './clients/outsider.ts';
import { createNetwork, type NetworkOptions } from './network/network.ts';

/** The tables of the market. */
export const marketShapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** Makes one asset with a price, before anything can go wrong. */
export async function openMarket(options: Omit<NetworkOptions, 'faults'>, seed: number): Promise<void> {
  const { time } = options;
  const network = createNetwork({ ...options, faults: { percent: 0, kinds: [] } });
  const { services, close } = openOutsider({ network, time }, seed);
  const { assetId, decimals, priceScale, currency } = market;

  await services.assets.createAsset({ assetId, name: 'Gold', category: 'COMMODITY', currency, decimals, priceScale });
  await services.assets.setPrice({
    assetId,
    price: '2.50',
    asOf: new Date(time.now()).toISOString(),
    source: 'simulation',
  });
  close();
}
