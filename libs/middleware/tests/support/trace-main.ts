// A process that makes one span and sends it to where its environment says.
import { runInSpan } from '@cnop/middleware';
import { startTracing } from '@cnop/middleware/tracing';

const tracing = startTracing({ serviceName: 'trace-main', env: process.env });

await runInSpan(tracing?.tracer, 'step', () => Promise.resolve());
await tracing?.stop();
