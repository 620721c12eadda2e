import { setTimeout as wait } from 'node:timers/promises';
import { ConfigurationError, ThrottledError } from '@cnop/exceptions';
import { gracefulClose, problemDetails, runUntilSignal, serverOptions } from '@cnop/middleware';
import { fastify } from 'fastify';

/** A service as a process of its own: `GET /?ms=…` answers after so long. The environment says how it fails to start or to stop. */
const { FAIL = '', GRACE_MS = '10000', STOP_WITHIN_MS = '20000' } = process.env;

await runUntilSignal(
  'greeter',
  async () => {
    if (FAIL === 'start') throw new Error('It cannot start.');
    if (FAIL === 'setting') throw new ConfigurationError({ setting: 'PORT', rule: 'must be a port number' });
    if (FAIL === 'database') throw new ThrottledError({ attempts: 3 });
    const service = fastify(serverOptions({ logging: false }));
    await service.register(problemDetails);
    await service.register(gracefulClose, { graceMs: Number(GRACE_MS) });
    service.get<{ Querystring: { ms: string } }>('/', async ({ query }) => {
      process.stdout.write('arrived\n');
      await wait(Number(query.ms));
      return { text: 'Hello.' };
    });
    process.stdout.write(`${await service.listen({ port: 0, host: '127.0.0.1' })}\n`);

    return {
      stop: async () => {
        if (FAIL === 'hang') await new Promise(() => setInterval(() => undefined, 1_000));
        await service.close();
        if (FAIL === 'stop') throw new Error('It cannot stop.');
      },
    };
  },
  { stopWithinMs: Number(STOP_WITHIN_MS) },
);
