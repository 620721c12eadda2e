import { MAX_MINOR, MAX_SCALE } from '@cnop/utils';
import { z } from 'zod';

/** An amount, price or quantity in minor units, above 0 and at most 10²⁴. */
export const positiveMinorSchema = z.bigint().min(1n).max(MAX_MINOR);

/** A number of decimals: 0 to 18. */
export const scaleSchema = z.int().min(0).max(MAX_SCALE);
