import { z } from 'zod';

/** Decimal text that may be negative, as answers carry it; never a JSON number. */
export const signedDecimalSchema = z
  .string()
  .max(64)
  .regex(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/);
