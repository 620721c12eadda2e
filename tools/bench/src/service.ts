// The services under load, in a process of their own: it tells its users or its weight when asked, and ends when it is disconnected.
import { startStack } from '@cnop/local-stack';

/** What the process returns when it is told to weigh itself, in bytes, after garbage collection. */
export interface Weight {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** A user created at its start. */
export type ServiceUser = (typeof stack.users)[number];

const unlimited = { max: 1e9, windowMs: 60_000 };
const stack = await startStack(
  { port: 0, rateLimits: { address: unlimited, user: unlimited } },
  { log: () => undefined },
);

process.on('message', (question) => {
  if (question === 'users') {
    process.send?.(stack.users);
    return;
  }
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed: heapBytes, rss: residentBytes } = process.memoryUsage();
  process.send?.({ heapBytes, residentBytes } satisfies Weight);
});
process.on('disconnect', () => {
  void stack.stop().finally(() => process.exit());
});
process.send?.(stack.url);
