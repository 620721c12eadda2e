import type { EntityFuzz } from '../entity-fuzz.ts';
import { assetFuzz } from './asset-fuzz.ts';
import { balanceFuzz } from './balance-fuzz.ts';
import { orderFuzz } from './order-fuzz.ts';
import { sessionFuzz } from './session-fuzz.ts';
import { userFuzz } from './user-fuzz.ts';

/** Every entity there is. */
export const entityFuzzes: readonly EntityFuzz[] = [userFuzz, sessionFuzz, balanceFuzz, orderFuzz, assetFuzz];
