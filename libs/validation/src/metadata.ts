import { z } from 'zod';

import { wellFormedTextSchema } from './well-formed-text.ts';

const MAX_ENTRIES = 20;

const metadataKeySchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/, {
  error: 'Use 1 to 40 letters, digits, dots, hyphens and underscores; begin with a letter.',
});

/**
 * What a client may attach to a record for itself: at most 20 texts of at most 200 characters, under keys of at most
 * 40.
 */
export const metadataSchema = z
  .record(metadataKeySchema, wellFormedTextSchema.max(200))
  .refine((metadata) => Object.keys(metadata).length <= MAX_ENTRIES, { error: `Use at most ${MAX_ENTRIES} keys.` });
