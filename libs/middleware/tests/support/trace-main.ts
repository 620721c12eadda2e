// A process that makes one span and sends it to where its environment says.
import { runInSpan, serviceSettings } from '@cnop/middleware';
import { startTracing } from '@cnop/middleware/tracing';
import { readEnvironment } from '@cnop/validation';

const { tracing } = readEnvironment(serviceSettings, { CNOP_TOKEN_ISSUER: 'http://localhost/', ...process.env });
if (!tracing) throw new Error('The environment names no collector.');
const { tracer, stop } = startTracing({ serviceName: 'trace-main', ...tracing });

await runInSpan(tracer, 'step', () => Promise.resolve());
await stop();
