import { startStack } from '@cnop/local-stack';

const unlimited = { max: 1e9, windowMs: 60_000 };
const rateLimits = { address: unlimited, user: unlimited };

const stack = await startStack({ port: 0, rateLimits }, { log: () => undefined });

process.on('disconnect', () => {
  void stack.stop().finally(() => process.exit());
});
process.send?.(stack.url);
