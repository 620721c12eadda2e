import { wellFormedTextSchema } from '@cnop/validation';

const MAX_NOTE_LENGTH = 500;

/** A remark on an order, for people: 1 to 500 characters. */
export const noteSchema = wellFormedTextSchema.min(1).max(MAX_NOTE_LENGTH);
