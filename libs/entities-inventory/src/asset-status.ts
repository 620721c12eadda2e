import { z } from 'zod';

/** Every status that an asset can have, by name. */
export const AssetStatus = { ACTIVE: 'ACTIVE', INACTIVE: 'INACTIVE' } as const;

/** Whether an asset is traded: no order is placed on an INACTIVE one. */
export type AssetStatus = (typeof AssetStatus)[keyof typeof AssetStatus];

/** Accepts the name of an {@link AssetStatus}. */
export const assetStatusSchema = z.enum(AssetStatus);
