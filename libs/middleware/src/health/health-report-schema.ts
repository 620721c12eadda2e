import type { HealthReport } from '@cnop/health';
import { z } from 'zod';

const statusSchema = z.enum(['pass', 'warn', 'fail']);

const checkResultSchema = z.object({
  status: statusSchema,
  latencyMs: z.number().nonnegative().describe('How long the check took; its time-out when it did not end.'),
  checkedAt: z.iso.datetime().describe('When the check was started.'),
  message: z.string().optional().describe('A code: of the error, or what the check itself said.'),
});

/** The report of `GET /health` and its like, for the OpenAPI document. */
export const healthReportSchema: z.ZodType<HealthReport> = z.object({
  status: statusSchema.describe('The worst status among the checks, `pass` when there is none.'),
  checks: z.record(z.string(), checkResultSchema).describe('What each check found, by its name.'),
});
