import { z } from 'zod';

/**
 * A moment as ISO 8601 in UTC ("2026-01-02T03:04:05Z"), normalised to milliseconds ("2026-01-02T03:04:05.000Z").
 *
 * Texts of this one form sort by time. Finer fractions are cut off; offsets other than "Z" are refused.
 */
export const timestampSchema = z.iso
  .datetime({ error: 'Write an existing moment in UTC, such as 2026-01-02T03:04:05.678Z.', abort: true })
  .overwrite((time) => new Date(time).toISOString());
