import type { PlaceOrder } from '@cnop/flow-order';
import { orderAnswer } from '../answers.ts';
import { gold } from '../host.ts';
import type { Scene } from '../row.ts';
import type { World } from '../world.ts';
import { lookForOrder } from './draft-order.ts';
import type { Keying } from './movement.ts';

/** A market order for three of gold, 300 cents. */
export function tradeScene(world: World, orderType: 'MARKET_BUY' | 'MARKET_SELL', keying: Keying): Scene {
  const { username: owner } = world;
  const order = { orderType, assetId: gold, quantity: '3' } as const;
  const place = (request: PlaceOrder): Scene['call'] => {
    return async ({ flow }) => orderAnswer(await flow.placeOrder(request));
  };
  if (keying === 'keyed') return { call: place({ owner, order: { ...order, clientOrderId: 'a-1' } }) };

  return { call: place({ owner, order }), look: (services, clue) => lookForOrder(services, world, clue) };
}
