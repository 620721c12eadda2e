import { metadataSchema, wellFormedTextSchema } from '@cnop/validation';
import * as z from 'zod';

const MAX_NOTE_LENGTH = 500;

/** A remark on an order, for people: 1 to 500 characters. */
const noteSchema = wellFormedTextSchema.min(1).max(MAX_NOTE_LENGTH);

/** What people and other programs say of an order, and no rule reads: the same fields of an order, a draft and a response. */
export const orderRemarks = {
  note: noteSchema.optional(),
  metadata: metadataSchema.optional(),
};

type OrderRemarks = z.infer<z.ZodObject<typeof orderRemarks>>;

/** The remarks on an order. */
export const remarksOf = ({ note, metadata }: OrderRemarks): OrderRemarks => ({ note, metadata });

/** Accepts an {@link OrderUpdate}; refuses unknown fields and an update of nothing. */
export const orderUpdateSchema = z
  .strictObject({
    note: orderRemarks.note.nullable(),
    metadata: orderRemarks.metadata.nullable(),
  })
  .refine((update) => update.note !== undefined || update.metadata !== undefined, {
    error: 'Name at least one field to change.',
  });

/** What may be changed on an order by hand, none of which touches money: null removes, absent leaves as it is. `metadata` is replaced whole. */
export type OrderUpdate = z.infer<typeof orderUpdateSchema>;
