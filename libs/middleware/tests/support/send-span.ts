import { runInSpan } from '@cnop/middleware';
import { startTracing } from '@cnop/middleware/tracing';

/** Sends one span within another to the collector of the environment. A program of its own: the exporter imports as it goes, which Jest's sandbox forbids. */
const tracing = startTracing({ serviceName: 'test', env: process.env });

await runInSpan(tracing?.tracer, 'outer', () => runInSpan(tracing?.tracer, 'inner', () => Promise.resolve()));
await tracing?.stop();
console.log(tracing ? 'sent' : 'nothing to send');
