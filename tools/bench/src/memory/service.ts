import { openAccount, startStack } from '@cnop/local-stack';

/** What the service answers when it is told to weigh itself, in bytes, after all rubbish has been collected. */
export interface Weight {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

const { gc } = globalThis;
if (!gc) throw new Error('Start this with --expose-gc.');

/** Where the service is, and who may use it. */
export interface Opened {
  readonly url: string;
  readonly accessToken: string;
}

const noLimit = { max: 1_000_000_000, windowMs: 60_000 };
const rateLimits = { address: noLimit, user: noLimit };
const stack = await startStack({ port: 0, rateLimits }, { log: () => undefined });
const { url } = stack;
const { accessToken } = await openAccount({ url, deposit: '10000.00' });

process.on('message', () => {
  gc();
  gc();
  const { heapUsed: heapBytes, rss: residentBytes } = process.memoryUsage();
  process.send?.({ heapBytes, residentBytes } satisfies Weight);
});
process.on('disconnect', () => {
  void stack.stop().finally(() => process.exit());
});
process.send?.({ url, accessToken } satisfies Opened);
