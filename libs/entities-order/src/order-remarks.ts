import { metadataSchema, noteSchema } from '@cnop/validation';
import * as z from 'zod';

/** Accepts an {@link OrderUpdate}; refuses unknown fields and an update of nothing. */
export const orderUpdateSchema = z
  .strictObject({
    note: noteSchema.nullish(),
    metadata: metadataSchema.nullish(),
  })
  .refine((update) => update.note !== undefined || update.metadata !== undefined, {
    error: 'Name at least one field to change.',
  });

/** What may be changed on an order by hand, none of which touches money: null removes, absent leaves as it is. `metadata` is replaced whole. */
export type OrderUpdate = z.infer<typeof orderUpdateSchema>;
